using System.Globalization;
using TraceTrack.Bags;

namespace TraceTrack.Caching;

/// <summary>The answer to a search: codes, so that the rows shown are always fresh ones.</summary>
internal sealed record SearchAnswer(IReadOnlyList<QrCode> Codes);

/// <summary>
/// Keys of searches are <c>epoch|limit|text|area</c>. The epoch is this process's count of the area's changes: an answer of before a change
/// is never asked for again. The second tier has scopes for that, so its key leaves the epoch out.
/// </summary>
internal sealed class SearchCodec : CacheCodec<SearchAnswer>
{
    public const char Letter = 'q';

    private const char Separator = '|';

    public override char Kind => Letter;

    public override byte Form => 1;

    public static string Key(long epoch, string text, string? area, int limit) =>
        string.Create(CultureInfo.InvariantCulture, $"{epoch}{Separator}{limit}{Separator}{text}{Separator}{area}");

    /// <summary>An answer has no version: its scopes say whether it is the present one.</summary>
    public override long VersionOf(SearchAnswer value) => 0;

    public override int SizeOf(string key, SearchAnswer? value) =>
        350 + (2 * key.Length) + (value?.Codes.Sum(code => 30 + (2 * code.Value.Length)) ?? 0);

    public override string SharedKey(string key) => key[(key.IndexOf(Separator, StringComparison.Ordinal) + 1)..];

    public override string[] ScopesOf(string key)
    {
        // A text holds no separator: it is of the codes' alphabet. An area may, and comes last.
        var area = key.Split(Separator, 4)[3];
        return [CacheScopes.All, CacheScopes.OfArea(area.Length == 0 ? null : area)];
    }

    public override void Write(PayloadWriter payload, SearchAnswer value)
    {
        payload.Number(value.Codes.Count);
        foreach (var code in value.Codes)
            payload.Text(code.Value);
    }

    public override SearchAnswer Read(ref PayloadReader payload)
    {
        var codes = new QrCode[payload.Count()];
        for (var i = 0; i < codes.Length; i++)
            codes[i] = QrCode.FromStored(payload.Text());
        return new(codes);
    }
}
