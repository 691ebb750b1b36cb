using System.Security.Cryptography;
using System.Text;
using TraceTrack.Bags;
using TraceTrack.Bills;

namespace TraceTrack.Scans;

/// <summary>The wish to record a scan (EPCIS: a capture). Made by one of the methods, so that its parts always fit its action.</summary>
public sealed record RecordScan
{
    private RecordScan(ScanId id, ScanAction action, QrCode qr, QrCode? parent, BillNumber? bill, DateTimeOffset? scannedAt)
    {
        if (id.Value == Guid.Empty)
            throw new InvalidInputException(ErrorCodes.InvalidScanId, "A scan needs an id other than the empty UUID.");
        if (qr == default)
            throw new InvalidInputException(ErrorCodes.InvalidQrCode, "A scan needs a QR code.");
        (Id, Action, Qr, ParentQr, BillNumber, ScannedAt) = (id, action, qr, parent, bill, scannedAt?.ToUniversalTime());
    }

    /// <summary>The scan's identity.</summary>
    public ScanId Id { get; }

    /// <summary>What it does.</summary>
    public ScanAction Action { get; }

    /// <summary>The code that was scanned: the child of a link or unlink, the parent of a load or unload.</summary>
    public QrCode Qr { get; }

    /// <summary>The parent of a link; optional for an unlink, which then is refused when the child is in another.</summary>
    public QrCode? ParentQr { get; }

    /// <summary>The bill of a load; optional for an unload, which then is refused when the parent is on another.</summary>
    public BillNumber? BillNumber { get; }

    /// <summary>The device's time of the scan (EPCIS: eventTime), UTC; null for the moment it is recorded.</summary>
    public DateTimeOffset? ScannedAt { get; }

    /// <summary>The bag was seen.</summary>
    /// <param name="id">The scan's identity.</param>
    /// <param name="qr">The bag.</param>
    /// <param name="scannedAt">The device's time; null for now.</param>
    /// <returns>The command.</returns>
    public static RecordScan Observe(ScanId id, QrCode qr, DateTimeOffset? scannedAt = null) =>
        new(id, ScanAction.Observe, qr, null, null, scannedAt);

    /// <summary>A child goes into a parent.</summary>
    /// <param name="id">The scan's identity.</param>
    /// <param name="child">The child.</param>
    /// <param name="parent">The parent.</param>
    /// <param name="scannedAt">The device's time; null for now.</param>
    /// <returns>The command.</returns>
    public static RecordScan Link(ScanId id, QrCode child, QrCode parent, DateTimeOffset? scannedAt = null) =>
        new(id, ScanAction.Link, child, parent, null, scannedAt);

    /// <summary>A child comes out of its parent.</summary>
    /// <param name="id">The scan's identity.</param>
    /// <param name="child">The child.</param>
    /// <param name="parent">The parent it should be in; null for whichever it is in.</param>
    /// <param name="scannedAt">The device's time; null for now.</param>
    /// <returns>The command.</returns>
    public static RecordScan Unlink(ScanId id, QrCode child, QrCode? parent = null, DateTimeOffset? scannedAt = null) =>
        new(id, ScanAction.Unlink, child, parent, null, scannedAt);

    /// <summary>A parent goes onto a bill.</summary>
    /// <param name="id">The scan's identity.</param>
    /// <param name="parent">The parent.</param>
    /// <param name="bill">The bill.</param>
    /// <param name="scannedAt">The device's time; null for now.</param>
    /// <returns>The command.</returns>
    public static RecordScan Load(ScanId id, QrCode parent, BillNumber bill, DateTimeOffset? scannedAt = null) =>
        new(id, ScanAction.Load, parent, null, bill, scannedAt);

    /// <summary>A parent comes off its bill.</summary>
    /// <param name="id">The scan's identity.</param>
    /// <param name="parent">The parent.</param>
    /// <param name="bill">The bill it should be on; null for whichever it is on.</param>
    /// <param name="scannedAt">The device's time; null for now.</param>
    /// <returns>The command.</returns>
    public static RecordScan Unload(ScanId id, QrCode parent, BillNumber? bill = null, DateTimeOffset? scannedAt = null) =>
        new(id, ScanAction.Unload, parent, null, bill, scannedAt);

    /// <summary>Makes a command from loose parts, as an API receives them.</summary>
    /// <param name="id">The scan's identity.</param>
    /// <param name="action">What it does.</param>
    /// <param name="qr">The code that was scanned.</param>
    /// <param name="parent">Needed by Link, optional for Unlink, refused otherwise.</param>
    /// <param name="bill">Needed by Load, optional for Unload, refused otherwise.</param>
    /// <param name="scannedAt">The device's time; null for now.</param>
    /// <returns>The command.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidScan"/>: a part is missing or does not fit the action.</exception>
    public static RecordScan From(ScanId id, ScanAction action, QrCode qr, QrCode? parent, BillNumber? bill, DateTimeOffset? scannedAt)
    {
        var takesParent = action is ScanAction.Link or ScanAction.Unlink;
        var takesBill = action is ScanAction.Load or ScanAction.Unload;
        if (!Enum.IsDefined(action))
            throw Invalid("The action is not known.");
        if (parent is not null && !takesParent)
            throw Invalid($"{action} takes no parent.");
        if (bill is not null && !takesBill)
            throw Invalid($"{action} takes no bill.");
        if (parent is null && action is ScanAction.Link)
            throw Invalid("Link needs a parent.");
        if (bill is null && action is ScanAction.Load)
            throw Invalid("Load needs a bill.");
        return new(id, action, qr, parent, bill, scannedAt);

        static InvalidInputException Invalid(string message) => new(ErrorCodes.InvalidScan, message);
    }

    /// <summary>
    /// Tells whether a repeated id stands for the same scan: the first 128 bits of SHA-256 over action, codes and bill.
    /// The device's time is left out, since a client that sends none gets another each time.
    /// </summary>
    /// <returns>The hash, as a UUID-shaped value.</returns>
    public Guid PayloadHash()
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{(int)Action}|{Qr.Value}|{ParentQr?.Value}|{BillNumber?.Value}"), hash);
        return new Guid(hash[..16], bigEndian: true);
    }
}
