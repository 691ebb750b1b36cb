using Npgsql;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;

namespace TraceTrack.Postgres;

internal static class ScanReader
{
    /// <summary>A row of ScanListSql.Columns.</summary>
    public static Scan Read(NpgsqlDataReader row) => new()
    {
        EventId = row.GetInt64(0),
        ScanId = new(row.GetGuid(1)),
        Action = (ScanAction)row.GetInt16(2),
        Outcome = (ScanOutcome)row.GetInt16(3),
        Rejection = (ScanRejection?)row.Nullable<short>(4),
        Qr = Code(row, 5),
        ParentQr = Code(row, 6),
        BillNumber = Number(row, 7),
        Fact = row.NullableString(8),
        ActorId = row.GetString(9),
        Area = row.NullableString(10),
        ScannedAt = row.GetFieldValue<DateTimeOffset>(11),
        RecordedAt = row.GetFieldValue<DateTimeOffset>(12),
        FromParentQr = Code(row, 13),
        Undoes = Id(row, 14),
    };

    /// <summary>A row of ScanFeedSql; without an event when it only says whether the position lies beyond the log.</summary>
    public static (bool IsBeyond, ScanEvent? Event) ReadEvent(NpgsqlDataReader row)
    {
        // Behind the columns of the scan.
        var (isBeyond, xid) = (row.FieldCount - 2, row.FieldCount - 1);
        if (row.IsDBNull(xid))
            return (row.GetBoolean(isBeyond), null);
        var scan = Read(row);
        return (row.GetBoolean(isBeyond), new(new(row.GetFieldValue<ulong>(xid), scan.EventId), scan));
    }

    /// <summary>A row of ScanSql.ReadReceipts; what it does not hold is the command's, until the log row completes it.</summary>
    public static ScanReceipt ReadReceipt(NpgsqlDataReader row, ScanRequest request)
    {
        var id = new ScanId(row.GetGuid(0));
        var command = request.CommandOf(id);
        var recordedAt = row.GetFieldValue<DateTimeOffset>(2);
        return new(row.GetGuid(1), new Scan
        {
            EventId = row.GetInt64(3),
            ScanId = id,
            Action = command.Action,
            Qr = command.Qr,
            ParentQr = command.ParentQr,
            BillNumber = command.BillNumber,
            Outcome = (ScanOutcome)row.GetInt16(4),
            Rejection = (ScanRejection?)row.Nullable<short>(5),
            Fact = row.NullableString(7),
            ActorId = row.GetString(6),
            ScannedAt = recordedAt,
            RecordedAt = recordedAt,
        });
    }

    /// <summary>Completes a receipt from a row of ScanSql.ReadReplayed.</summary>
    public static ScanReceipt Complete(ScanReceipt receipt, NpgsqlDataReader row) => receipt with
    {
        Scan = receipt.Scan with
        {
            ParentQr = Code(row, 1),
            BillNumber = Number(row, 2),
            Area = row.NullableString(3),
            ScannedAt = row.GetFieldValue<DateTimeOffset>(4),
            Qr = Code(row, 5),
            FromParentQr = Code(row, 6),
            Undoes = Id(row, 7),
        },
    };

    private static QrCode? Code(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : QrCode.FromStored(row.GetString(column));

    private static BillNumber? Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : BillNumber.FromStored(row.GetString(column));

    private static ScanId? Id(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : new(row.GetGuid(column));
}
