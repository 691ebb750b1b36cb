using Npgsql;
using TraceTrack.Bags;

namespace TraceTrack.Benchmarks.Lookup;

/// <summary>What every subject makes of a row: all columns of the library's look-up, in plain types.</summary>
/// <remarks>Times are DateTime, since Dapper takes what the driver gives.</remarks>
public sealed record FoundBag
{
    public long Id { get; set; }

    public string Qr { get; set; } = "";

    public short Kind { get; set; }

    public short Status { get; set; }

    public string? Area { get; set; }

    public int WeightGrams { get; set; }

    public short ChildCount { get; set; }

    public long ContentGrams { get; set; }

    public long? ParentId { get; set; }

    public string? ParentQr { get; set; }

    public DateTime? LinkedAt { get; set; }

    public long? BillId { get; set; }

    public string? BillNumber { get; set; }

    public long? ImportId { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime ChangedAt { get; set; }

    public long Version { get; set; }

    /// <summary>The columns in the order of the library's statements.</summary>
    public static FoundBag Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Qr = row.GetString(1),
        Kind = row.GetInt16(2),
        Status = row.GetInt16(3),
        Area = row.IsDBNull(4) ? null : row.GetString(4),
        WeightGrams = row.GetInt32(5),
        ChildCount = row.GetInt16(6),
        ContentGrams = row.GetInt64(7),
        ParentId = row.IsDBNull(8) ? null : row.GetInt64(8),
        ParentQr = row.IsDBNull(9) ? null : row.GetString(9),
        LinkedAt = row.IsDBNull(10) ? null : row.GetDateTime(10),
        BillId = row.IsDBNull(11) ? null : row.GetInt64(11),
        BillNumber = row.IsDBNull(12) ? null : row.GetString(12),
        ImportId = row.IsDBNull(13) ? null : row.GetInt64(13),
        CreatedAt = row.GetDateTime(14),
        ChangedAt = row.GetDateTime(15),
        Version = row.GetInt64(16),
    };

    /// <summary>The same of the library's bag, for comparison.</summary>
    public static FoundBag Of(Bag bag) => new()
    {
        Id = bag.Id,
        Qr = bag.Qr.Value,
        Kind = (short)bag.Kind,
        Status = (short)bag.Status,
        Area = bag.Area,
        WeightGrams = (int)(bag.WeightKg * 1000),
        ChildCount = (short)bag.ChildCount,
        ContentGrams = (long)(bag.ContentWeightKg * 1000),
        ParentId = bag.ParentId,
        ParentQr = bag.ParentQr?.Value,
        LinkedAt = bag.LinkedAt?.UtcDateTime,
        BillId = bag.BillId,
        BillNumber = bag.BillNumber?.Value,
        ImportId = bag.ImportId,
        CreatedAt = bag.CreatedAt.UtcDateTime,
        ChangedAt = bag.ChangedAt.UtcDateTime,
        Version = bag.Version,
    };
}
