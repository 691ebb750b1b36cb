namespace TraceTrack.Caching;

/// <summary>
/// The second tier, shared by all processes on one store. It is never needed: whatever goes wrong in it is a miss or a write it owes,
/// never an exception.
/// </summary>
internal interface ICacheTier
{
    /// <summary>Reads scopes and keys in one round trip.</summary>
    /// <param name="scopes">Scopes of the entries.</param>
    /// <param name="keys">Keys, without repeats.</param>
    ValueTask<TierAnswer> GetAsync(string[] scopes, string[] keys);

    /// <summary>Keeps what was loaded, unless a scope was bumped since it was asked for, or a newer version is there.</summary>
    /// <param name="scopes">Scopes of the entries.</param>
    /// <param name="stamp">What <see cref="GetAsync"/> answered before the load began.</param>
    /// <param name="entries">What was loaded.</param>
    ValueTask FillAsync(string[] scopes, byte[] stamp, IReadOnlyList<TierEntry> entries);

    /// <summary>
    /// After a commit: keeps what was written, forgets what is fenced, bumps scopes and tells the other processes, all at once. When it
    /// cannot, it bumps everything before it is next read.
    /// </summary>
    ValueTask CommitAsync(TierCommit commit);
}

/// <summary>What a tier knows of some keys.</summary>
/// <param name="Stamp">What entries loaded now are to be stamped with; null when the tier is not there, or must not be filled.</param>
/// <param name="Entries">One envelope a key, in order; empty where there is none, or one of before a bump. No elements when the tier is not there.</param>
internal readonly record struct TierAnswer(byte[]? Stamp, ReadOnlyMemory<byte>[] Entries)
{
    public static TierAnswer Nothing { get; } = new(null, []);
}

/// <param name="Key">Kind and key.</param>
/// <param name="Version">An entry of a higher version is not replaced.</param>
/// <param name="TimeToLive">How long it is kept.</param>
/// <param name="Envelope">What is kept.</param>
internal readonly record struct TierEntry(string Key, long Version, TimeSpan TimeToLive, byte[] Envelope);

/// <summary>What a commit means to a tier.</summary>
internal sealed class TierCommit
{
    public List<TierEntry> Puts { get; } = [];

    /// <summary>Keys to forget whatever is there.</summary>
    public List<string> Deletes { get; } = [];

    public List<string> Bumps { get; } = [];

    public required byte[] Message { get; init; }
}
