namespace TraceTrack;

/// <summary>Areas of a warehouse. An area is a short code; bags, users and scans carry it.</summary>
public static class Area
{
    /// <summary>The longest area, in characters.</summary>
    public const int MaxLength = 32;

    /// <summary>Brings an area to its normal form, as <see cref="Bags.QrCode"/> does: upper case, no control or zero-width characters.</summary>
    /// <param name="area">What was typed; null or blank means no area.</param>
    /// <returns>1–32 characters of A–Z 0-9 - _ . : /, or null for no area.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidArea"/>.</exception>
    public static string? Normalize(string? area) =>
        string.IsNullOrWhiteSpace(area) ? null
        : Identifier.Normalize(area, 1, MaxLength)
            ?? throw new InvalidInputException(ErrorCodes.InvalidArea, $"An area is 1–{MaxLength} characters of {Identifier.Alphabet}.");

    /// <summary>As <see cref="Normalize"/>, without an exception.</summary>
    /// <param name="area">What was typed; null or blank means no area.</param>
    /// <param name="normalized">The normal form, or null for no area.</param>
    /// <returns>False when the text is no area.</returns>
    public static bool TryNormalize(string? area, out string? normalized)
    {
        normalized = string.IsNullOrWhiteSpace(area) ? null : Identifier.Normalize(area, 1, MaxLength);
        return normalized is not null || string.IsNullOrWhiteSpace(area);
    }
}
