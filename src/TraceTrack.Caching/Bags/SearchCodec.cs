using System.Globalization;

namespace TraceTrack.Caching;

/// <summary>
/// Keys of searches are <c>epoch|limit|text|area</c>. The epoch is this process's count of the area's changes: an answer of before a change
/// is never asked for again. The second tier has scopes for that, so its key leaves the epoch out.
/// </summary>
internal sealed class SearchCodec : CodeListCodec
{
    public const char Letter = 'q';

    private const char Separator = '|';

    public override char Kind => Letter;

    public static string Key(long epoch, string text, string? area, int limit) =>
        string.Create(CultureInfo.InvariantCulture, $"{epoch}{Separator}{limit}{Separator}{text}{Separator}{area}");

    public override string SharedKey(string key) => key[(key.IndexOf(Separator, StringComparison.Ordinal) + 1)..];

    public override string[] ScopesOf(string key)
    {
        // A text holds no separator: it is of the codes' alphabet. An area may, and comes last.
        var area = key.Split(Separator, 4)[3];
        return [CacheScopes.All, CacheScopes.OfArea(area.Length == 0 ? null : area)];
    }
}
