using Npgsql;
using NpgsqlTypes;
using TraceTrack.Paging;
using TraceTrack.Scans;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

internal sealed class PostgresScanStore(Database database) : IScanStore
{
    // Repeatable, though it writes: a scan whose commit got lost on the way is answered from its receipt.
    public ValueTask<ScanCommit> RecordAsync(ScanRequest request, Func<ScanState, ScanChanges> decide, CancellationToken cancellationToken) =>
        database.RunAsync(
            database.Repeatable,
            (Database: database, request, decide),
            static (connection, args, token) => args.Database.WhileStaleAsync(
                (Connection: connection, Scope: args, Token: token),
                static (work, attempts) => new ScanTransaction(work.Connection, work.Scope.Database, work.Scope.request, attempts)
                    .RunAsync(work.Scope.decide, work.Token)),
            cancellationToken);

    public async ValueTask<IReadOnlyList<Scan>> ListAsync(ScanFilter filter, Slice<ScanPosition> slice, CancellationToken cancellationToken)
    {
        var parts = slice.Backward ? ScanListParts.Backward : ScanListParts.None;
        var parameters = new List<NpgsqlParameter>(8);
        if (filter.ActorId is { } actorId)
        {
            parts |= ScanListParts.ActorId;
            parameters.Add(Parameter(actorId));
        }

        if (filter.Qr is { } qr)
        {
            parts |= ScanListParts.Qr;
            parameters.Add(Parameter(qr.Value));
        }

        if (filter.Area is { } area)
        {
            parts |= ScanListParts.Area;
            parameters.Add(Parameter(area));
        }

        if (!filter.Recorded.IsAll)
        {
            parts |= ScanListParts.Recorded;
            parameters.AddRange(Range(filter.Recorded));
        }

        if (slice.From is { } from)
        {
            parts |= ScanListParts.From;
            parameters.Add(Parameter(from.RecordedAt));
            parameters.Add(Parameter(from.EventId));
        }

        parameters.Add(Parameter((long)slice.Count));
        return await database.ReadAsync(ScanListSql.List(parts), [.. parameters], ScanReader.Read, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<ScanEvent>?> ReadAfterAsync(EventPosition? after, int limit, CancellationToken cancellationToken)
    {
        var from = after ?? default;
        var rows = await database.ReadAsync(
            ScanFeedSql.After,
            [new NpgsqlParameter<ulong> { NpgsqlDbType = NpgsqlDbType.Xid8, TypedValue = from.Transaction }, Parameter(from.EventId), Parameter((long)limit)],
            ScanReader.ReadEvent,
            cancellationToken).ConfigureAwait(false);
        return rows[0].IsBeyond ? null : [.. rows.Select(row => row.Event).OfType<ScanEvent>()];
    }

    public async ValueTask<EventPosition> FindFeedEndAsync(CancellationToken cancellationToken)
    {
        var oldest = await database.ReadAsync(ScanFeedSql.End, [], row => row.GetFieldValue<ulong>(0), cancellationToken).ConfigureAwait(false);
        return new(oldest[0] - 1, long.MaxValue);
    }
}
