using System.Text;
using Npgsql;

namespace TraceTrack.Postgres;

/// <summary>A row of BagIndexSql.List, with the real schema's name in it; names and texts are quoted already.</summary>
internal sealed record BagIndex
{
    public required string Definition { get; init; }

    public string Table { get; init; } = "";

    public string FullName { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>p, u or x for the index of a constraint.</summary>
    public string? Constraint { get; init; }

    public string ConstraintDefinition { get; init; } = "";

    public bool IsDeferrable { get; init; }

    public bool IsDeferred { get; init; }

    public string? Tablespace { get; init; }

    public string? Comment { get; init; }

    public bool IsReplicaIdentity { get; init; }

    public bool IsClustered { get; init; }

    /// <summary>Whether it holds codes unique.</summary>
    public bool IsKey { get; init; }

    /// <summary>Whether two rows of a file could break it; of ids, which are drawn, none does.</summary>
    public bool MayRefuse { get; init; }

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

    private string AlterTable => $"ALTER TABLE {Table} ";

    public static BagIndex New(string statement) => new() { Definition = statement };

    public static BagIndex Read(NpgsqlDataReader row) => new()
    {
        FullName = row.GetString(0),
        Name = row.GetString(1),
        Definition = row.GetString(2),
        Constraint = row.NullableString(3),
        ConstraintDefinition = row.NullableString(4) ?? "",
        IsDeferrable = row.GetBoolean(5),
        IsDeferred = row.GetBoolean(6),
        Tablespace = row.NullableString(7),
        Comment = row.NullableString(8),
        IsReplicaIdentity = row.GetBoolean(9),
        IsClustered = row.GetBoolean(10),
        IsKey = row.Nullable<bool>(11) ?? false,
        Table = row.GetString(12),
        MayRefuse = row.GetBoolean(13),
    };

    private string AddUsingIndex() =>
        $"ADD CONSTRAINT {Name} {(Constraint == "p" ? "PRIMARY KEY" : "UNIQUE")} USING INDEX {Name}"
        + (IsDeferrable ? " DEFERRABLE" : "") + (IsDeferred ? " INITIALLY DEFERRED" : "");
}
