using System.Text;
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

    public static async ValueTask<BagIndexes> DropAsync(ImportTransaction import, CancellationToken cancellationToken)
    {
        var indexes = new BagIndexes(import);
        var command = import.Command(BagIndexSql.List);
        await using var _ = command.ConfigureAwait(false);
        foreach (var index in await command.ReadAllAsync(BagIndex.Read, cancellationToken).ConfigureAwait(false))
        {
            // One that something else leans on, such as a team's own foreign key, stays and is filled row by row.
            var error = await import.TryAsync(
                index.Drop, static error => error.SqlState == PostgresErrorCodes.DependentObjectsStillExist, cancellationToken).ConfigureAwait(false);
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
            _dropped.Insert(0, new("", wanted.Name, wanted.Statement, null, "", false, false, null, null, false, false, IsKey: true));
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
            await _import.ExecuteAsync(index.Create, cancellationToken).ConfigureAwait(false);
        _dropped.Clear();
    }
}

// A row of BagIndexSql.List; names and texts are quoted already. Constraint is p, u or x for the index of a constraint.
internal sealed record BagIndex(
    string FullName, string Name, string Definition, string? Constraint, string ConstraintDefinition, bool IsDeferrable, bool IsDeferred,
    string? Tablespace, string? Comment, bool IsReplicaIdentity, bool IsClustered, bool IsKey)
{
    private const string AlterTable = "ALTER TABLE tracetrack.bag ";

    public string Drop => Constraint is null ? $"DROP INDEX {FullName}" : AlterTable + $"DROP CONSTRAINT {Name}";

    public string Create
    {
        get
        {
            var sql = new StringBuilder();
            if (Tablespace is not null)
                sql.Append("SET LOCAL default_tablespace = ").Append(Tablespace).Append(";\n");
            sql.Append(Constraint == "x" ? AlterTable + $"ADD CONSTRAINT {Name} {ConstraintDefinition}" : Definition).Append(";\n");
            if (Tablespace is not null)
                sql.Append("SET LOCAL default_tablespace = '';\n");
            if (Constraint is "p" or "u")
                sql.Append(AlterTable).Append(AddUsingIndex()).Append(";\n");
            if (IsReplicaIdentity)
                sql.Append(AlterTable).Append("REPLICA IDENTITY USING INDEX ").Append(Name).Append(";\n");
            if (IsClustered)
                sql.Append(AlterTable).Append("CLUSTER ON ").Append(Name).Append(";\n");
            if (Comment is not null)
                sql.Append("COMMENT ON INDEX ").Append(FullName).Append(" IS ").Append(Comment).Append(";\n");
            return sql.ToString();
        }
    }

    public static BagIndex Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.NullableString(3), row.NullableString(4) ?? "", row.GetBoolean(5), row.GetBoolean(6),
        row.NullableString(7), row.NullableString(8), row.GetBoolean(9), row.GetBoolean(10), row.Nullable<bool>(11) ?? false);

    private string AddUsingIndex() =>
        $"ADD CONSTRAINT {Name} {(Constraint == "p" ? "PRIMARY KEY" : "UNIQUE")} USING INDEX {Name}"
        + (IsDeferrable ? " DEFERRABLE" : "") + (IsDeferred ? " INITIALLY DEFERRED" : "");
}
