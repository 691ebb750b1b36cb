using TraceTrack.Bags;
using TraceTrack.Scans;

namespace TraceTrack.Imports;

/// <summary>A row that is well formed by itself.</summary>
/// <param name="Qr">Its code.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="ParentQr">The parent named; null for none.</param>
/// <param name="Area">Its own area; null for none.</param>
/// <param name="WeightGrams">A child's weight; 0 for a parent.</param>
public readonly record struct CheckedRow(QrCode Qr, BagKind Kind, QrCode? ParentQr, string? Area, long WeightGrams);

/// <summary>Pure rules of a single row. What needs other rows (duplicates, full parents) is checked by the importer.</summary>
/// <param name="options">The warehouse's rules.</param>
/// <param name="kinds">Tells parents from children.</param>
public sealed class ImportRules(TraceTrackOptions options, BagKindRule kinds)
{
    private readonly long _defaultGrams = Weight.ToGrams(options.ChildWeightKg);

    /// <summary>Normalises and checks a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="result">Its normal form, when the answer is null.</param>
    /// <returns>Null when it is well formed, else why it is not.</returns>
    public RowRejection? Check(in BagRow row, out CheckedRow result)
    {
        result = default;
        if (!QrCode.TryParse(row.Qr, out var qr))
            return RowRejection.InvalidQrCode;
        QrCode? parent = null;
        if (!string.IsNullOrWhiteSpace(row.ParentQr))
        {
            if (!QrCode.TryParse(row.ParentQr, out var code))
                return RowRejection.InvalidQrCode;
            parent = code;
        }

        if (!Area.TryNormalize(row.Area, out var area))
            return RowRejection.InvalidArea;
        var kind = kinds.KindOf(qr);
        if (parent is { } named && (kind == BagKind.Parent || kinds.KindOf(named) == BagKind.Child))
            return RowRejection.WrongKind;
        if (kind == BagKind.Child && row.WeightKg is { } kg && !Weight.IsValid(kg))
            return RowRejection.InvalidWeight;
        var grams = kind == BagKind.Parent ? 0 : row.WeightKg is { } own ? Weight.ToGrams(own) : _defaultGrams;
        result = new(qr, kind, parent, area, grams);
        return null;
    }

    /// <summary>A refused row's result.</summary>
    /// <param name="ordinal">The row's place in the file, from 1.</param>
    /// <param name="row">The row as given.</param>
    /// <param name="rejection">Why.</param>
    /// <param name="detail">What explains it.</param>
    /// <returns>The result; the code is cut to 200 characters, and characters no database takes are dropped.</returns>
    public static RowResult Refuse(long ordinal, in BagRow row, RowRejection rejection, string? detail = null) =>
        new(ordinal, Printable(row.Qr), rejection, detail ?? (rejection == RowRejection.WrongKind ? Printable(row.ParentQr) : null));

    /// <summary>Checks a row of an earlier system's scan log.</summary>
    /// <param name="scan">The row.</param>
    /// <returns>The row with its times in UTC, cut to microseconds as stores keep them.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidImport"/>: a replay, or a part is missing or unknown.</exception>
    public static Scan CheckHistory(Scan scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        var isWhole = scan.Outcome switch
        {
            ScanOutcome.Recorded => scan.Rejection is null,
            ScanOutcome.Rejected => scan.Rejection is { } reason && Enum.IsDefined(reason),
            _ => false,
        };
        // An undo that found nothing has no code.
        var hasCode = (scan.Qr ?? default) != default || (scan.Qr is null && scan is { Action: ScanAction.Undo, Outcome: ScanOutcome.Rejected });
        if (!isWhole || scan.ScanId == default || !hasCode || !Enum.IsDefined(scan.Action) || !PlainText.IsStorable(scan.ActorId))
        {
            throw new InvalidInputException(ErrorCodes.InvalidImport,
                $"Scan {scan.ScanId} is no row of a log: it must be recorded, or rejected with a reason, and have an id, an action, a code and an actor.");
        }

        return scan with { ScannedAt = RecordedTime.Truncate(scan.ScannedAt), RecordedAt = RecordedTime.Truncate(scan.RecordedAt) };
    }

    private static string Printable(string? text) =>
        string.Concat((text ?? "").Where(c => c != '\0' && !char.IsSurrogate(c)).Take(200));
}
