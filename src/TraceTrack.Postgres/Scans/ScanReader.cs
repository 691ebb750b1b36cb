using Npgsql;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;

namespace TraceTrack.Postgres;

internal static class ScanReader
{
    /// <summary>A row of ScanSql.ReadReceipts; what the log row would tell and does not (archived), the command does.</summary>
    public static ScanReceipt ReadReceipt(NpgsqlDataReader row, IReadOnlyList<RecordScan> commands)
    {
        var id = new ScanId(row.GetGuid(0));
        var command = commands.First(candidate => candidate.Id == id);
        var recordedAt = row.GetFieldValue<DateTimeOffset>(2);
        return new(row.GetGuid(1), new Scan
        {
            EventId = row.GetInt64(3),
            ScanId = id,
            Action = command.Action,
            Qr = command.Qr,
            ParentQr = row.IsDBNull(8) ? command.ParentQr : QrCode.FromStored(row.GetString(8)),
            BillNumber = row.IsDBNull(9) ? command.BillNumber : BillNumber.FromStored(row.GetString(9)),
            Outcome = (ScanOutcome)row.GetInt16(4),
            Rejection = (ScanRejection?)row.Nullable<short>(5),
            Fact = row.NullableString(7),
            ActorId = row.GetString(6),
            Area = row.NullableString(10),
            ScannedAt = row.Nullable<DateTimeOffset>(11) ?? recordedAt,
            RecordedAt = recordedAt,
        });
    }
}
