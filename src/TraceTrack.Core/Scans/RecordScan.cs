using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TraceTrack.Bags;
using TraceTrack.Bills;

namespace TraceTrack.Scans;

/// <summary>The wish to record a scan (EPCIS: a capture). Made by one of the methods, so that its parts always fit its action.</summary>
public sealed record RecordScan
{
    /// <summary>How far a device's clock may be ahead of the server's: 5 minutes.</summary>
    public static readonly TimeSpan MaxClockLead = TimeSpan.FromMinutes(5);

    private RecordScan(ScanId id, ScanAction action, QrCode? qr, QrCode? parent, BillNumber? bill, DateTimeOffset? scannedAt)
    {
        if (id.Value == Guid.Empty)
            throw new InvalidInputException(ErrorCodes.InvalidScanId, "A scan needs an id other than the empty UUID.");
        if (qr is { } code && code == default)
            throw new InvalidInputException(ErrorCodes.InvalidQrCode, "A scan needs a QR code.");
        (Id, Action, Qr, ParentQr, BillNumber, ScannedAt) = (id, action, qr, parent, bill, scannedAt?.ToUniversalTime());
    }

    /// <summary>The scan's identity.</summary>
    public ScanId Id { get; }

    /// <summary>What it does.</summary>
    public ScanAction Action { get; }

    /// <summary>The code that was scanned: the child of a link, unlink or relink, the parent of a load or unload; null for an undo, which names none.</summary>
    public QrCode? Qr { get; }

    /// <summary>The parent of a link or relink; optional for an unlink, which then is refused when the child is in another.</summary>
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

    /// <summary>A child goes out of the parent it is in and into another, in one step: it is in one of the two at every moment.</summary>
    /// <param name="id">The scan's identity.</param>
    /// <param name="child">The child.</param>
    /// <param name="parent">The parent it goes into.</param>
    /// <param name="scannedAt">The device's time; null for now.</param>
    /// <returns>The command.</returns>
    public static RecordScan Relink(ScanId id, QrCode child, QrCode parent, DateTimeOffset? scannedAt = null) =>
        new(id, ScanAction.Relink, child, parent, null, scannedAt);

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

    /// <summary>
    /// The actor's latest recorded scan that is not undone yet is taken back by a scan that does the opposite, within
    /// <see cref="TraceTrackOptions.UndoWindow"/>. Another one takes back the scan before it, and so on.
    /// </summary>
    /// <param name="id">The identity of the undo; sent again it undoes nothing more.</param>
    /// <param name="scannedAt">The device's time; null for now.</param>
    /// <returns>The command.</returns>
    public static RecordScan Undo(ScanId id, DateTimeOffset? scannedAt = null) => new(id, ScanAction.Undo, null, null, null, scannedAt);

    /// <summary>Makes a command from loose parts, as an API receives them.</summary>
    /// <param name="id">The scan's identity.</param>
    /// <param name="action">What it does.</param>
    /// <param name="qr">The code that was scanned. Refused by Undo, needed otherwise.</param>
    /// <param name="parent">Needed by Link and Relink, optional for Unlink, refused otherwise.</param>
    /// <param name="bill">Needed by Load, optional for Unload, refused otherwise.</param>
    /// <param name="scannedAt">The device's time; null for now.</param>
    /// <returns>The command.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidScan"/>: a part is missing or does not fit the action.</exception>
    public static RecordScan From(ScanId id, ScanAction action, QrCode? qr, QrCode? parent, BillNumber? bill, DateTimeOffset? scannedAt)
    {
        var takesParent = action is ScanAction.Link or ScanAction.Unlink or ScanAction.Relink;
        var takesBill = action is ScanAction.Load or ScanAction.Unload;
        if (!Enum.IsDefined(action))
            throw Invalid("The action is not known.");
        if (qr is not null && action is ScanAction.Undo)
            throw Invalid("Undo takes no code: it undoes the latest scan.");
        if (qr is null && action is not ScanAction.Undo)
            throw Invalid($"{action} needs the code that was scanned.");
        if (parent is not null && !takesParent)
            throw Invalid($"{action} takes no parent.");
        if (bill is not null && !takesBill)
            throw Invalid($"{action} takes no bill.");
        if (parent is null && action is (ScanAction.Link or ScanAction.Relink))
            throw Invalid($"{action} needs a parent.");
        if (bill is null && action is ScanAction.Load)
            throw Invalid("Load needs a bill.");
        return new(id, action, qr, parent, bill, scannedAt);

        static InvalidInputException Invalid(string message) => new(ErrorCodes.InvalidScan, message);
    }

    /// <summary>A device whose clock is far ahead is told so: what it says would be shown as the future.</summary>
    /// <param name="now">The server's time.</param>
    /// <param name="position">The scan's place in its batch, from 0; null for one alone.</param>
    internal void CheckTime(DateTimeOffset now, int? position = null)
    {
        if (ScannedAt <= now + MaxClockLead || ScannedAt is null)
            return;
        var which = position is null ? "the scan" : string.Create(CultureInfo.InvariantCulture, $"the scan at position {position} ({Id})");
        throw new InvalidInputException(ErrorCodes.InvalidScan,
            $"Nothing was recorded: the time of {which} is more than {MaxClockLead.TotalMinutes:0} minutes ahead of the server's; set the device's clock.");
    }

    /// <summary>
    /// Tells whether a repeated id stands for the same scan: the first 128 bits of SHA-256 over action, codes and bill.
    /// The device's time is left out, since a client that sends none gets another each time.
    /// </summary>
    /// <returns>The hash, as a UUID-shaped value.</returns>
    public Guid PayloadHash()
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{(int)Action}|{Qr?.Value}|{ParentQr?.Value}|{BillNumber?.Value}"), hash);
        return new Guid(hash[..16], bigEndian: true);
    }
}
