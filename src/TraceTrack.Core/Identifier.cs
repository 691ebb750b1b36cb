using System.Globalization;

namespace TraceTrack;

/// <summary>The one normal form of QR codes, bill numbers and areas, so that what a person types and what a scanner reads meet.</summary>
internal static class Identifier
{
    public const string Alphabet = "A–Z 0-9 - _ . : /";

    /// <summary>Normalises and checks; null when the text does not have <paramref name="min"/>–<paramref name="max"/> allowed characters.</summary>
    public static string? Normalize(string? text, int min, int max)
    {
        if (text is null)
            return null;
        // A scanner's input is already normal almost always; then the same string goes on, without a copy.
        if (text.Length >= min && text.Length <= max && IsNormal(text))
            return text;
        // Longer input than this is no identifier whatever is dropped from it; the bound keeps hostile input cheap.
        if (text.Length > 1024)
            return null;
        Span<char> buffer = stackalloc char[text.Length];
        var length = 0;
        foreach (var c in text)
        {
            if (!IsDropped(c))
                buffer[length++] = c;
        }

        var kept = buffer[..length].Trim();
        if (kept.Length < min || kept.Length > max)
            return null;
        for (var i = 0; i < kept.Length; i++)
            kept[i] = char.ToUpperInvariant(kept[i]);
        return IsNormal(kept) ? new string(kept) : null;
    }

    public static bool IsNormal(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!(c is >= 'A' and <= 'Z' or >= '0' and <= '9' or '-' or '_' or '.' or ':' or '/'))
                return false;
        }

        return true;
    }

    // Zero-width characters (ZWSP, ZWJ, BOM, soft hyphen) are all in category Format.
    private static bool IsDropped(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format;
}
