using Npgsql;
using TraceTrack.Bags;
using TraceTrack.Bills;

namespace TraceTrack.Postgres;

/// <summary>Rows of BagSql.Columns as bags.</summary>
internal static class BagReader
{
    public static Bag Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Qr = QrCode.FromStored(row.GetString(1)),
        Kind = (BagKind)row.GetInt16(2),
        Status = (BagStatus)row.GetInt16(3),
        Area = row.NullableString(4),
        WeightKg = Weight.FromGrams(row.GetInt32(5)),
        ChildCount = row.GetInt16(6),
        ContentWeightKg = Weight.FromGrams(row.GetInt64(7)),
        ParentId = row.Nullable<long>(8),
        ParentQr = row.IsDBNull(9) ? null : QrCode.FromStored(row.GetString(9)),
        LinkedAt = row.Nullable<DateTimeOffset>(10),
        BillId = row.Nullable<long>(11),
        BillNumber = row.IsDBNull(12) ? null : BillNumber.FromStored(row.GetString(12)),
        ImportId = row.Nullable<long>(13),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(14),
        ChangedAt = row.GetFieldValue<DateTimeOffset>(15),
        Version = row.GetInt64(16),
    };

    public static QrCode ReadQr(NpgsqlDataReader row) => QrCode.FromStored(row.GetString(0));
}
