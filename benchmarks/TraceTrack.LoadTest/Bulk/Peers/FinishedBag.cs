using LinqToDB.Mapping;
using Npgsql;

namespace TraceTrack.LoadTest.Bulk.Peers;

/// <summary>A row of the table of bags with every column filled in: what the peers are given, so that they only have to store it.</summary>
internal sealed class FinishedBag
{
    public const string Columns =
        "id, parent_id, version, import_id, created_at, changed_at, linked_at, content_grams, weight_grams, child_count, kind, status, qr, area";

    [Column("id"), PrimaryKey]
    public long Id { get; set; }

    [Column("parent_id")]
    public long? ParentId { get; set; }

    [Column("version")]
    public long Version { get; set; }

    [Column("import_id")]
    public long? ImportId { get; set; }

    [Column("created_at")]
    public DateTimeOffset CreatedAt { get; set; }

    [Column("changed_at")]
    public DateTimeOffset ChangedAt { get; set; }

    [Column("linked_at")]
    public DateTimeOffset? LinkedAt { get; set; }

    [Column("content_grams")]
    public long ContentGrams { get; set; }

    [Column("weight_grams")]
    public int WeightGrams { get; set; }

    [Column("child_count")]
    public short ChildCount { get; set; }

    [Column("kind")]
    public short Kind { get; set; }

    [Column("status")]
    public short Status { get; set; }

    [Column("qr"), NotNull]
    public string Qr { get; set; } = "";

    [Column("area"), Nullable]
    public string? Area { get; set; }

    public static Task<IReadOnlyList<FinishedBag>> ReadAsync(BenchDatabase database, string where, CancellationToken cancellation) =>
        database.ReadAsync($"SELECT {Columns} FROM tracetrack.bag {where}", Read, cancellation);

    private static FinishedBag Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        ParentId = row.IsDBNull(1) ? null : row.GetInt64(1),
        Version = row.GetInt64(2),
        ImportId = row.IsDBNull(3) ? null : row.GetInt64(3),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(4),
        ChangedAt = row.GetFieldValue<DateTimeOffset>(5),
        LinkedAt = row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6),
        ContentGrams = row.GetInt64(7),
        WeightGrams = row.GetInt32(8),
        ChildCount = row.GetInt16(9),
        Kind = row.GetInt16(10),
        Status = row.GetInt16(11),
        Qr = row.GetString(12),
        Area = row.IsDBNull(13) ? null : row.GetString(13),
    };
}
