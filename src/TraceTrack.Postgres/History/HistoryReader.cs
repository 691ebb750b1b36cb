using Npgsql;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.History;
using TraceTrack.Scans;

namespace TraceTrack.Postgres;

internal static class HistoryReader
{
    /// <summary>A row of StaySql.</summary>
    public static Stay ReadStay(NpgsqlDataReader row) => new()
    {
        Child = QrCode.FromStored(row.GetString(0)),
        Parent = QrCode.FromStored(row.GetString(1)),
        Since = row.GetFieldValue<DateTimeOffset>(2),
        Until = row.Nullable<DateTimeOffset>(3),
        ImportId = row.Nullable<long>(4),
        ScanId = row.IsDBNull(5) ? null : new(row.GetGuid(5)),
    };

    /// <summary>A row of HistorySql.</summary>
    public static HistoryEntry ReadEntry(NpgsqlDataReader row) => new()
    {
        At = row.GetFieldValue<DateTimeOffset>(0),
        Kind = (HistoryKind)row.GetInt32(1),
        Key = row.GetInt64(2),
        Action = (ScanAction?)row.Nullable<short>(3),
        Rejection = (ScanRejection?)row.Nullable<short>(4),
        Fact = row.NullableString(5),
        Bill = row.IsDBNull(6) ? null : BillNumber.FromStored(row.GetString(6)),
        ActorId = row.NullableString(7),
        ScanId = row.IsDBNull(8) ? null : new(row.GetGuid(8)),
        ImportId = row.Nullable<long>(9),
        OtherBag = row.IsDBNull(10) ? null : QrCode.FromStored(row.GetString(10)),
    };
}
