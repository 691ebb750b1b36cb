using TraceTrack.Imports;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

/// <summary>
/// What can only be told when all rows are there, by one statement a question. Duplicates go first, since they free seats; what is left
/// over of a full parent goes last.
/// </summary>
internal sealed class BagChecks(ImportTransaction import, RefusedRows refused, GivenCodes given, long firstId, int capacity)
{
    private const int PageSize = 5_000;

    private bool _isAnalyzed;
    private long _refused;

    /// <summary>Rows were taken out again, so what was counted while reading no longer holds.</summary>
    public bool Any => _refused > 0;

    public ValueTask RefuseDuplicatesAsync(CancellationToken cancellationToken) =>
        RefuseAsync(BagImportSql.RefuseDuplicates, RowReason.DuplicateInFile, [Parameter(import.Key), Parameter(firstId)], cancellationToken);

    public async ValueTask RefuseOrphansAsync(CancellationToken cancellationToken)
    {
        await RefuseAsync(
            BagImportSql.RefuseOrphans, RowReason.UnknownParent, [Parameter(import.Key), Parameter(firstId)], cancellationToken).ConfigureAwait(false);
        await import.ExecuteAsync(BagImportSql.DropUnknownParents, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask RefuseSurplusAsync(CancellationToken cancellationToken) => RefuseAsync(
        BagImportSql.RefuseSurplus, RowReason.ParentFull, [Parameter(import.Key), Parameter(firstId), Parameter(capacity)], cancellationToken);

    public async ValueTask CountAnewAsync(CancellationToken cancellationToken) =>
        await import.ExecuteAsync(BagImportSql.CountAnew, cancellationToken, Parameter(capacity)).ConfigureAwait(false);

    public async ValueTask<(long Parents, long Children, long Linked)> CountAsync(CancellationToken cancellationToken)
    {
        var command = import.Command(BagImportSql.Count);
        await using var _ = command.ConfigureAwait(false);
        var rows = await command.ReadAllAsync(row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), cancellationToken).ConfigureAwait(false);
        return rows[0];
    }

    /// <summary>Puts the codes as they were given into the results that statements wrote. Both come by ordinal, so one pass does.</summary>
    public async ValueTask ShowGivenAsync(CancellationToken cancellationToken)
    {
        if (!Any || !given.Any)
            return;
        var codes = given.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var _ = codes.ConfigureAwait(false);
        var more = await codes.MoveNextAsync().ConfigureAwait(false);
        for (var after = 0L; more;)
        {
            var page = await PageAsync(after, cancellationToken).ConfigureAwait(false);
            if (page.Count == 0)
                return;
            var (ordinals, texts) = (new List<long>(), new List<string>());
            foreach (var ordinal in page)
            {
                while (more && codes.Current.Ordinal < ordinal)
                    more = await codes.MoveNextAsync().ConfigureAwait(false);
                if (!more || codes.Current.Ordinal != ordinal)
                    continue;
                ordinals.Add(ordinal);
                texts.Add(codes.Current.Given);
            }

            if (ordinals.Count > 0)
            {
                await import.ExecuteAsync(
                    ImportSql.SetGiven, cancellationToken, Parameter(import.Key), Parameter(ordinals.ToArray()), Parameter(texts.ToArray())).ConfigureAwait(false);
            }

            after = page[^1];
        }
    }

    private async ValueTask<List<long>> PageAsync(long after, CancellationToken cancellationToken)
    {
        var command = import.Command(ImportSql.SetRefused, Parameter(import.Key), Parameter(after), Parameter((long)PageSize));
        await using var _ = command.ConfigureAwait(false);
        return await command.ReadAllAsync(row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask RefuseAsync(string sql, RowReason reason, Npgsql.NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await AnalyzeAsync(cancellationToken).ConfigureAwait(false);
        var rows = await import.ExecuteAsync(sql, cancellationToken, parameters).ConfigureAwait(false);
        _refused += rows;
        refused.Count(reason, rows);
    }

    /// <summary>Without statistics the planner takes the table just filled for a small one.</summary>
    private async ValueTask AnalyzeAsync(CancellationToken cancellationToken)
    {
        if (!_isAnalyzed)
            await import.ExecuteAsync(BagImportSql.Analyze, cancellationToken).ConfigureAwait(false);
        _isAnalyzed = true;
    }
}
