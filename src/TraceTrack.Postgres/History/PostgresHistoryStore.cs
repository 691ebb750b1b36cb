using Npgsql;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.History;
using TraceTrack.Paging;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

internal sealed class PostgresHistoryStore(Database database) : IHistoryStore
{
    public async ValueTask<IReadOnlyList<Stay>> ContentsAtAsync(QrCode parent, DateTimeOffset at, string? area, CancellationToken cancellationToken) =>
        await StaysAsync(StaySql.ContentsAt, parent, at, area, cancellationToken).ConfigureAwait(false);

    public async ValueTask<Stay?> ParentAtAsync(QrCode child, DateTimeOffset at, string? area, CancellationToken cancellationToken) =>
        (await StaysAsync(StaySql.ParentAt, child, at, area, cancellationToken).ConfigureAwait(false)).SingleOrDefault();

    public ValueTask<IReadOnlyList<HistoryEntry>> OfBagAsync(
        QrCode qr, string? area, Slice<HistoryPosition> slice, CancellationToken cancellationToken) =>
        EntriesAsync(HistorySql.OfBag(Parts(slice)), qr.Value, area, slice, cancellationToken);

    public ValueTask<IReadOnlyList<HistoryEntry>> OfBillAsync(
        BillNumber number, string? area, Slice<HistoryPosition> slice, CancellationToken cancellationToken) =>
        EntriesAsync(HistorySql.OfBill(Parts(slice)), number.Value, area, slice, cancellationToken);

    private ValueTask<List<Stay>> StaysAsync(string sql, QrCode qr, DateTimeOffset at, string? area, CancellationToken cancellationToken) =>
        database.ReadAsync(sql, [Parameter(qr.Value), Parameter(at), Parameter(area)], HistoryReader.ReadStay, cancellationToken);

    private async ValueTask<IReadOnlyList<HistoryEntry>> EntriesAsync(
        string sql, string of, string? area, Slice<HistoryPosition> slice, CancellationToken cancellationToken)
    {
        var parameters = new List<NpgsqlParameter>(6) { Parameter(of), Parameter(area), Parameter((long)slice.Count) };
        if (slice.From is { } from)
            parameters.AddRange([Parameter(from.At), Parameter((short)from.Kind), Parameter(from.Key)]);
        return await database.ReadAsync(sql, [.. parameters], HistoryReader.ReadEntry, cancellationToken).ConfigureAwait(false);
    }

    private static HistoryParts Parts(Slice<HistoryPosition> slice) =>
        (slice.From is null ? HistoryParts.None : HistoryParts.From) | (slice.Backward ? HistoryParts.Backward : HistoryParts.None);
}
