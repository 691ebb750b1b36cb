namespace TraceTrack.Caching;

/// <summary>What a write means to the second tier and to the other processes.</summary>
/// <param name="NodeId">Who wrote.</param>
/// <param name="Bumps">Scopes to bump.</param>
/// <param name="Puts">Rows written; each is also told by a fence.</param>
/// <param name="Fences">What the others are told is old.</param>
internal sealed record TierNews(
    Guid NodeId, IReadOnlyList<string> Bumps, IReadOnlyList<TierEntry> Puts, IReadOnlyList<CacheFence> Fences)
{
    public CacheMessage Message => new(NodeId, Bumps, Fences);

    public static TierNews Void(IReadOnlyList<string> scopes) => new(Guid.Empty, scopes, [], []);

    /// <summary>Parts of so many entries, the bumps in the first. Whatever a part keeps, its message names.</summary>
    public IEnumerable<TierNews> Split(int most)
    {
        if (Puts.Count + Fences.Count <= 2 * most)
            return [this];
        return Parts();

        IEnumerable<TierNews> Parts()
        {
            yield return this with { Puts = [], Fences = [] };
            // Put in one part and fenced in another, an entry would be told too early or too late; so all follow the keys.
            var puts = Puts.ToDictionary(put => put.Key, StringComparer.Ordinal);
            foreach (var part in Fences.GroupBy(fence => fence.SharedKey, StringComparer.Ordinal).Chunk(most))
            {
                var keys = Array.ConvertAll(part, fences => fences.Key);
                yield return this with
                {
                    Bumps = [],
                    Puts = [.. keys.Where(puts.ContainsKey).Select(key => puts[key])],
                    Fences = [.. part.SelectMany(fences => fences)],
                };
            }
        }
    }
}
