using Npgsql;
using TraceTrack.Bills;

namespace TraceTrack.Postgres;

/// <summary>Rows of BillSql.Columns as bills.</summary>
internal static class BillReader
{
    public static Bill Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Number = BillNumber.FromStored(row.GetString(1)),
        Status = (BillStatus)row.GetInt16(2),
        Capacity = row.GetInt32(3),
        ParentCount = row.GetInt32(4),
        ActualWeightKg = Weight.FromGrams(row.GetInt64(5)),
        CreatedBy = row.GetString(6),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(7),
        ChangedAt = row.GetFieldValue<DateTimeOffset>(8),
        CompletedAt = row.Nullable<DateTimeOffset>(9),
        Version = row.GetInt64(10),
    };

    /// <summary>A row of BillSql.CountContents.</summary>
    public static ParentContent ReadContent(NpgsqlDataReader row) => new(row.GetInt64(0), (int)row.GetInt64(1), Weight.FromGrams(row.GetInt64(2)));

    /// <summary>A row of BillSql.Summarize.</summary>
    public static BillerSummary ReadSummary(NpgsqlDataReader row) => new(row.GetString(0), new()
    {
        NewBills = row.GetInt64(1),
        ProcessingBills = row.GetInt64(2),
        CompletedBills = row.GetInt64(3),
        Parents = row.GetInt64(4),
        ActualWeightKg = Weight.FromGrams(row.GetInt64(5)),
    });
}
