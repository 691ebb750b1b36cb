using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Npgsql;
using Polly;
using TraceTrack.Bags;
using TraceTrack.Imports;
using TraceTrack.Paging;
using TraceTrack.Scans;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

/// <summary>Imports by COPY, each in one transaction. Never tried again by itself: rows are read only once.</summary>
internal sealed class PostgresBagImporter(
    Database database, IOptions<TraceTrackOptions> options, BagKindRule kinds, TimeProvider clock) : IBagImporter
{
    private const int PageSize = 1_000;

    private readonly ImportRules _rules = new(options.Value, kinds);

    public ValueTask<ImportReport> ImportAsync(
        IAsyncEnumerable<BagRow> rows, ImportOptions import, IProgress<ImportProgress>? progress, CancellationToken cancellationToken) =>
        database.RunAsync(
            ResiliencePipeline.Empty,
            (rows, import, Watch: new ImportWatch(clock, progress)),
            (connection, args, token) => RunAsync(connection, args.rows, args.import, args.Watch, token),
            cancellationToken);

    public ValueTask<ImportReport> ImportScansAsync(
        IAsyncEnumerable<Scan> scans, ImportOptions import, IProgress<ImportProgress>? progress, CancellationToken cancellationToken) =>
        database.RunAsync(
            ResiliencePipeline.Empty,
            (scans, import.ImportId, Watch: new ImportWatch(clock, progress)),
            (connection, args, token) => new ScanImport(database, connection, args.ImportId, args.Watch).RunAsync(args.scans, token),
            cancellationToken);

    public async ValueTask<ImportReport?> FindAsync(Guid importId, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(ImportSql.FindReport, [Parameter(importId)], ReadReport, cancellationToken).ConfigureAwait(false);
        return found.FirstOrDefault();
    }

    public async ValueTask<IReadOnlyList<ImportReport>> ListAsync(Slice<long> slice, CancellationToken cancellationToken) =>
        await database.ReadAsync(ImportSql.List(slice.From is not null, slice.Backward), Parameters(slice), ReadReport, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<RowResult>> ListResultsAsync(Guid importId, Slice<long> slice, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            ImportSql.ListResults(slice.From is not null, slice.Backward), [Parameter(importId), .. Parameters(slice)], ReadResult, cancellationToken).ConfigureAwait(false);

    public async IAsyncEnumerable<RowResult> ReadResultsAsync(Guid importId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = 0L;
        List<RowResult> page;
        do
        {
            // A page at a time, so that a slow reader holds no connection.
            page = await database.RunAsync(database.Repeatable, (Sql: database.Sql(ImportSql.ReadResults), importId, after), ReadPageAsync, cancellationToken)
                .ConfigureAwait(false);
            foreach (var result in page)
                yield return result;
            after = page.Count > 0 ? page[^1].Ordinal : after;
        }
        while (page.Count == PageSize);
    }

    private async ValueTask<ImportReport> RunAsync(
        NpgsqlConnection connection, IAsyncEnumerable<BagRow> rows, ImportOptions import, ImportWatch watch, CancellationToken cancellationToken)
    {
        var (report, reason) = import.DryRun
            ? (null, "nothing is to be changed")
            : await TryDirectAsync(connection, rows, import, watch, cancellationToken).ConfigureAwait(false);
        return report
            ?? await new StagedImport(database, connection, _rules, options.Value.ParentCapacity, import, watch, reason)
                .RunAsync(rows, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>No report, with no row read, when it is not the way; then also why.</returns>
    private async ValueTask<(ImportReport? Report, string WhyNot)> TryDirectAsync(
        NpgsqlConnection connection, IAsyncEnumerable<BagRow> rows, ImportOptions import, ImportWatch watch, CancellationToken cancellationToken)
    {
        var transaction = await ImportTransaction.BeginAsync(database, connection, import.ImportId, ImportKind.Bags, cancellationToken).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        var direct = new BagImport(transaction, _rules, options.Value.ParentCapacity, import, watch, clock);
        return (await direct.TryRunAsync(rows, cancellationToken).ConfigureAwait(false), direct.WhyNot ?? "");
    }

    private static async ValueTask<List<RowResult>> ReadPageAsync(
        NpgsqlConnection connection, (string Sql, Guid ImportId, long After) state, CancellationToken cancellationToken)
    {
        var command = connection.Command(state.Sql, Parameter(state.ImportId), Parameter(state.After), Parameter((long)PageSize));
        await using var _ = command.ConfigureAwait(false);
        return await command.ReadAllAsync(ReadResult, cancellationToken).ConfigureAwait(false);
    }

    private static NpgsqlParameter[] Parameters(Slice<long> slice) =>
        slice.From is { } from ? [Parameter(from), Parameter((long)slice.Count)] : [Parameter((long)slice.Count)];

    private static ImportReport ReadReport(NpgsqlDataReader row) => ImportJson.Read(row.GetString(0));

    private static RowResult ReadResult(NpgsqlDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), (RowOutcome)row.GetInt16(2), (RowReason)row.GetInt16(3), row.NullableString(4));
}
