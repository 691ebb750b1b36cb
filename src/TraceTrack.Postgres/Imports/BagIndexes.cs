using Npgsql;

namespace TraceTrack.Postgres;

/// <summary>
/// The indexes of the table of bags, taken away for a COPY and built again from their definitions: sorting once costs a fraction of
/// a million insertions. All in the import's transaction, so whatever ends it, they are there.
/// </summary>
internal sealed class BagIndexes
{
    private readonly ImportTransaction _import;
    private readonly List<BagIndex> _dropped = [];

    private BagIndexes(ImportTransaction import) => _import = import;

    /// <returns>Null when one stays that a row may break: the COPY would fail as a whole where a row is only to be refused.</returns>
    public static async ValueTask<BagIndexes?> DropAsync(ImportTransaction import, CancellationToken cancellationToken)
    {
        var indexes = new BagIndexes(import);
        var command = import.Command(BagIndexSql.List);
        await using var _ = command.ConfigureAwait(false);
        foreach (var index in await command.ReadAllAsync(BagIndex.Read, cancellationToken).ConfigureAwait(false))
        {
            // One that something else leans on, such as a team's own foreign key, stays and is filled row by row.
            var error = await import.TryAsync(
                index.Drop, static error => error.SqlState == PostgresErrorCodes.DependentObjectsStillExist, cancellationToken).ConfigureAwait(false);
            if (error is not null && index.MayRefuse)
                return null;
            if (error is null)
                indexes._dropped.Add(index);
            indexes.HasKey |= index.IsKey;
        }

        return indexes;
    }

    private bool HasKey { get; set; }

    /// <summary>Builds the index that holds codes unique.</summary>
    /// <returns>False when two rows have the same code; then it is not built.</returns>
    public async ValueTask<bool> TryBuildKeyAsync(CancellationToken cancellationToken)
    {
        if (!HasKey)
        {
            // It was lost, or is still to be made; without it there may be two bags of one code.
            var wanted = IndexCatalog.All.Single(index => index.Name == "bag_qr_key");
            _dropped.Insert(0, BagIndex.New(_import.Database.Sql(wanted.Statement)) with { IsKey = true });
            HasKey = true;
        }

        while (_dropped.Count > 0 && _dropped[0].IsKey)
        {
            if (await _import.TryAsync(_dropped[0].Create, static error => error.SqlState == PostgresErrorCodes.UniqueViolation, cancellationToken)
                .ConfigureAwait(false) is not null)
            {
                return false;
            }

            _dropped.RemoveAt(0);
        }

        return true;
    }

    public async ValueTask BuildAsync(CancellationToken cancellationToken)
    {
        foreach (var index in _dropped)
            await _import.ExecuteAsIsAsync(index.Create, cancellationToken).ConfigureAwait(false);
        _dropped.Clear();
    }
}
