namespace TraceTrack;

/// <summary>Free text that every store can keep: names and ids that people and other systems make up.</summary>
internal static class PlainText
{
    /// <summary>The longest name or id, in UTF-16 units.</summary>
    public const int MaxLength = 64;

    /// <summary>Whether a text is neither blank nor too long and holds only whole, printable characters: no database takes half a surrogate pair.</summary>
    public static bool IsStorable(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxLength)
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]))
                return false;
            if (char.IsSurrogate(text[i]) && !(char.IsSurrogatePair(text, i) && ++i < text.Length))
                return false;
        }

        return true;
    }
}
