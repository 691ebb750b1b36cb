namespace TraceTrack.Scans;

/// <summary>
/// The identity of a scan, made by the device that scanned, so that sending it again is safe within <see cref="TraceTrackOptions.ReplayWindow"/>. Any
/// non-empty UUID.
/// </summary>
/// <remarks>
/// Send the device's time with each scan, and the same one with its repeats. Once the receipts of before the window are deleted, that alone tells a
/// late repeat from a new scan: without it the repeat is recorded anew.
/// </remarks>
/// <param name="Value">The UUID.</param>
public readonly record struct ScanId(Guid Value)
{
    /// <summary>Makes a new id; time-ordered (UUID version 7), which keeps the store's index of receipts compact.</summary>
    /// <returns>The id.</returns>
    public static ScanId New() => new(Guid.CreateVersion7());

    /// <summary>Reads a UUID.</summary>
    /// <param name="text">A UUID in any of .NET's forms.</param>
    /// <returns>The id.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidScanId"/>: no UUID, or the empty one.</exception>
    public static ScanId Parse(string? text) =>
        Guid.TryParse(text, out var value) && value != Guid.Empty
            ? new(value)
            : throw new InvalidInputException(ErrorCodes.InvalidScanId, "A scan id is a UUID other than the empty one, made by the client.");

    /// <inheritdoc cref="Value"/>
    /// <returns>32 digits with hyphens.</returns>
    public override string ToString() => Value.ToString();
}
