using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;

namespace OwnIdentity;

public sealed record LogIn(string Badge);

internal sealed record ScanRequest(Guid ScanId, ScanAction Action, string? Qr, string? Parent, string? Bill)
{
    public RecordScan ToScan() => RecordScan.From(
        new(ScanId), Action, Qr is null ? null : QrCode.Parse(Qr), Parent is null ? null : QrCode.Parse(Parent), Bill is null ? null : BillNumber.Parse(Bill), scannedAt: null);
}

internal sealed record ScanAnswer(ScanOutcome Outcome, ScanRejection? Rejection, string? Fact, string By);

internal sealed record BagAnswer(string Qr, BagStatus Status, string? Area, IReadOnlyList<string> Children);
