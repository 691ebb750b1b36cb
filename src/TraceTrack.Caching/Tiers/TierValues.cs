namespace TraceTrack.Caching;

/// <summary>What is asked of a tier.</summary>
/// <param name="Scopes">Scopes that the entries are stamped with.</param>
/// <param name="Keys">Keys, without repeats.</param>
/// <param name="FreshEpoch">The epoch for a scope that has none: at least 1, and higher than any given out before, as far as the caller knows.</param>
public readonly record struct TierQuery(IReadOnlyList<string> Scopes, IReadOnlyList<string> Keys, long FreshEpoch);

/// <summary>What a tier knows.</summary>
/// <param name="Epochs">One epoch a scope, in order.</param>
/// <param name="Entries">One envelope a key, in order; empty where there is none of these epochs.</param>
public readonly record struct TierAnswer(IReadOnlyList<long> Epochs, IReadOnlyList<ReadOnlyMemory<byte>> Entries)
{
    /// <summary>When the tier is not there: no epochs, no entries.</summary>
    internal static TierAnswer Nothing { get; } = new([], []);

    internal bool IsNothing => Epochs.Count == 0;
}

/// <summary>An entry to keep.</summary>
/// <param name="Key">Kind and key, such as <c>b:CB00000001</c>.</param>
/// <param name="Version">An entry of a higher version is not replaced; 0 to <see cref="long.MaxValue"/>.</param>
/// <param name="TimeToLive">How long it is kept at most; above zero.</param>
/// <param name="Envelope">What is kept, as it is.</param>
public readonly record struct TierEntry(string Key, long Version, TimeSpan TimeToLive, ReadOnlyMemory<byte> Envelope);

/// <summary>What was loaded for a tier to keep.</summary>
/// <param name="Scopes">Scopes of all entries.</param>
/// <param name="Epochs">What <see cref="ICacheTier.GetAsync"/> said they were before the load began.</param>
/// <param name="Entries">The entries; keys do not repeat.</param>
public readonly record struct TierFill(IReadOnlyList<string> Scopes, IReadOnlyList<long> Epochs, IReadOnlyList<TierEntry> Entries);

/// <summary>A scope to bump.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="AtLeast">Its epoch becomes this, or one more than the present one, whichever is higher.</param>
public readonly record struct TierBump(string Scope, long AtLeast);

/// <summary>What a write to the store means to a tier.</summary>
/// <param name="Scope">The scope that all puts are stamped with.</param>
/// <param name="Epoch">The epoch it must have for the puts to be kept: the one of before the write.</param>
/// <param name="FreshEpoch">As in <see cref="TierQuery.FreshEpoch"/>.</param>
/// <param name="Bumps">Scopes to bump; they do not repeat.</param>
/// <param name="Puts">Entries to keep; keys do not repeat.</param>
/// <param name="Body">What the listeners are told.</param>
public sealed record TierCommit(
    string Scope,
    long Epoch,
    long FreshEpoch,
    IReadOnlyList<TierBump> Bumps,
    IReadOnlyList<TierEntry> Puts,
    ReadOnlyMemory<byte> Body);

/// <summary>What a listener hears of a commit.</summary>
/// <param name="Number">Messages are numbered from 1, each one more than the last, so that a listener knows when it has missed some.</param>
/// <param name="Epochs">The epochs that the commit's bumped scopes got, in order.</param>
/// <param name="Body">The commit's body.</param>
public readonly record struct TierMessage(long Number, IReadOnlyList<long> Epochs, ReadOnlyMemory<byte> Body);

/// <summary>A tier's sign of life.</summary>
/// <param name="Number">The number of the last message; 0 before the first.</param>
/// <param name="Epoch">The epoch of the scope asked for.</param>
public readonly record struct TierPulse(long Number, long Epoch);
