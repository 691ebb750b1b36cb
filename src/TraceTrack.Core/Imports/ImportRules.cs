using TraceTrack.Bags;
using TraceTrack.Scans;

namespace TraceTrack.Imports;

/// <summary>A row that is well formed by itself.</summary>
/// <param name="Qr">Its code.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="ParentQr">The parent named; null for none.</param>
/// <param name="Area">Its own area; null for none.</param>
/// <param name="WeightGrams">A child's weight, by default when the row names none; 0 for a parent.</param>
/// <param name="HasWeight">Whether the row names a child's weight.</param>
public readonly record struct CheckedRow(QrCode Qr, BagKind Kind, QrCode? ParentQr, string? Area, long WeightGrams, bool HasWeight = false);

/// <summary>Pure rules of a single row. What needs other rows or the store (duplicates, full parents, bags that are there) is checked by the importer.</summary>
/// <param name="options">The warehouse's rules.</param>
/// <param name="kinds">Tells parents from children.</param>
public sealed class ImportRules(TraceTrackOptions options, BagKindRule kinds)
{
    private readonly long _defaultGrams = Weight.ToGrams(options.ChildWeightKg);

    /// <summary>Normalises and checks a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="result">Its normal form, when the answer is null.</param>
    /// <returns>Null when it is well formed, else why it is not.</returns>
    public RowReason? Check(in BagRow row, out CheckedRow result)
    {
        result = default;
        if (!QrCode.TryParse(row.Qr, out var qr))
            return RowReason.InvalidQrCode;
        QrCode? parent = null;
        if (!string.IsNullOrWhiteSpace(row.ParentQr))
        {
            if (!QrCode.TryParse(row.ParentQr, out var code))
                return RowReason.InvalidQrCode;
            parent = code;
        }

        if (!Area.TryNormalize(row.Area, out var area))
            return RowReason.InvalidArea;
        var kind = kinds.KindOf(qr);
        if (parent is { } named && (kind == BagKind.Parent || kinds.KindOf(named) == BagKind.Child))
            return RowReason.WrongKind;
        if (kind == BagKind.Child && row.WeightKg is { } kg && !Weight.IsValid(kg))
            return RowReason.InvalidWeight;
        var hasWeight = kind == BagKind.Child && row.WeightKg is not null;
        var grams = kind == BagKind.Parent ? 0 : hasWeight ? Weight.ToGrams(row.WeightKg!.Value) : _defaultGrams;
        result = new(qr, kind, parent, area, grams, hasWeight);
        return null;
    }

    /// <summary>A refused row's result.</summary>
    /// <param name="ordinal">The row's place in the file, from 1.</param>
    /// <param name="row">The row as given.</param>
    /// <param name="reason">Why.</param>
    /// <param name="detail">What explains it.</param>
    /// <returns>The result, its code as <see cref="Shown"/> has it.</returns>
    public static RowResult Refuse(long ordinal, in BagRow row, RowReason reason, string? detail = null) =>
        new(ordinal, Shown(row.Qr), RowOutcome.Rejected, reason, detail ?? (reason == RowReason.WrongKind ? Shown(row.ParentQr) : null));

    /// <summary>A code as given, for a result.</summary>
    /// <param name="code">The text; null for none.</param>
    /// <returns>At most 200 characters of it; those no database takes are dropped.</returns>
    public static string Shown(string? code) =>
        string.Concat((code ?? "").Where(c => c != '\0' && !char.IsSurrogate(c)).Take(200));

    /// <summary>Checks a row of an earlier system's scan log.</summary>
    /// <param name="scan">The row.</param>
    /// <returns>The row with its times in UTC, cut to microseconds as stores keep them.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidImport"/>: a replay, a part is missing or unknown, or a text holds U+0000.</exception>
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

        if (HasNull(scan.Fact) || HasNull(scan.Area))
            throw new InvalidInputException(ErrorCodes.InvalidImport, $"Scan {scan.ScanId} holds a character that no database takes (U+0000).");
        return scan with { ScannedAt = RecordedTime.Truncate(scan.ScannedAt), RecordedAt = RecordedTime.Truncate(scan.RecordedAt) };
    }

    private static bool HasNull(string? text) => text?.Contains('\0', StringComparison.Ordinal) == true;
}
