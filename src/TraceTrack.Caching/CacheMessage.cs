namespace TraceTrack.Caching;

/// <param name="Kind">A codec's letter.</param>
/// <param name="Key">The key.</param>
/// <param name="Version">Anything older is void.</param>
internal readonly record struct CacheFence(char Kind, string Key, long Version)
{
    /// <summary>The version of a write whose outcome nobody knows: whatever is kept is void, except that an ended session stays ended.</summary>
    public const long Unknown = long.MaxValue - 1;

    /// <summary>As a second tier names it.</summary>
    public string SharedKey => CacheKeys.Shared(Kind, Key);
}

/// <summary>What one process tells the others after a commit.</summary>
internal sealed record CacheMessage(Guid NodeId, IReadOnlyList<string> Bumps, IReadOnlyList<CacheFence> Fences)
{
    private const byte Form = 2;

    /// <summary>For when messages may have been missed, or one cannot be read.</summary>
    public static CacheMessage Everything { get; } = new(Guid.Empty, [CacheScopes.All], []);

    public byte[] ToBytes()
    {
        var payload = new PayloadWriter();
        payload.Byte(Form);
        payload.Text(NodeId.ToString("N"));
        payload.Number(Bumps.Count);
        foreach (var scope in Bumps)
            payload.Text(scope);
        payload.Number(Fences.Count);
        foreach (var fence in Fences)
        {
            payload.Byte((byte)fence.Kind);
            payload.Text(fence.Key);
            payload.Number(fence.Version);
        }

        return payload.ToArray();
    }

    /// <returns>What it says; <see cref="Everything"/> when it is another release's or damaged, which is safe.</returns>
    public static CacheMessage FromBytes(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var payload = new PayloadReader(bytes);
            if (payload.Byte() != Form || !Guid.TryParseExact(payload.Text(), "N", out var node))
                return Everything;
            var bumps = new string[payload.Count()];
            for (var i = 0; i < bumps.Length; i++)
                bumps[i] = payload.Text();
            var fences = new CacheFence[payload.Count()];
            for (var i = 0; i < fences.Length; i++)
                fences[i] = new((char)payload.Byte(), payload.Text(), payload.Number());
            return payload.AtEnd ? new(node, bumps, fences) : Everything;
        }
        catch (InvalidDataException)
        {
            return Everything;
        }
    }
}
