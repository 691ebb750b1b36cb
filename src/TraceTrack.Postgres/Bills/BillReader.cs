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
}
