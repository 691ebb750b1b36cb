using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Npgsql;
using Polly;
using TraceTrack.Bags;
using TraceTrack.Imports;
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
        IAsyncEnumerable<BagRow> rows, ImportOptions import, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var watch = new ImportWatch(clock, progress);
        return RunAsync(
            import.ImportId,
            ImportKind.Bags,
            (transaction, token) => new BagImport(transaction, _rules, options.Value.ParentCapacity, import.ImportId, watch).RunAsync(rows, token),
            cancellationToken);
    }

    public ValueTask<ImportReport> ImportScansAsync(
        IAsyncEnumerable<Scan> scans, ImportOptions import, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var watch = new ImportWatch(clock, progress);
        return RunAsync(
            import.ImportId,
            ImportKind.ScanLog,
            (transaction, token) => new ScanImport(transaction, import.ImportId, watch).RunAsync(scans, token),
            cancellationToken);
    }

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

    private ValueTask<ImportReport> RunAsync(
        Guid importId, ImportKind kind, Func<ImportTransaction, CancellationToken, ValueTask<ImportReport>> work, CancellationToken cancellationToken) =>
        database.RunAsync(
            ResiliencePipeline.Empty,
            (database, importId, kind, work),
            static async (connection, state, token) =>
            {
                var transaction = await ImportTransaction.BeginAsync(state.database, connection, state.importId, state.kind, token).ConfigureAwait(false);
                await using var _ = transaction.ConfigureAwait(false);
                return await state.work(transaction, token).ConfigureAwait(false);
            },
            cancellationToken);

    private static async ValueTask<List<RowResult>> ReadPageAsync(
        NpgsqlConnection connection, (string Sql, Guid ImportId, long After) state, CancellationToken cancellationToken)
    {
        var command = connection.Command(state.Sql, Parameter(state.ImportId), Parameter(state.After), Parameter((long)PageSize));
        await using var _ = command.ConfigureAwait(false);
        return await command.ReadAllAsync(
            row => new RowResult(row.GetInt64(0), row.GetString(1), (RowRejection)row.GetInt16(2), row.NullableString(3)), cancellationToken)
            .ConfigureAwait(false);
    }
}
