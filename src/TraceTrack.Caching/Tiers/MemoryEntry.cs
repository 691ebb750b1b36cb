namespace TraceTrack.Caching;

/// <summary>A kept value, or the knowledge that there is none.</summary>
/// <param name="value">The value.</param>
/// <param name="version">The row's version.</param>
/// <param name="endsAt">From when on it is no answer any more, except when the store fails; UTC ticks.</param>
/// <param name="refreshAt">From when on a hit asks for a fresh one; UTC ticks.</param>
internal sealed class MemoryEntry<T>(T? value, long version, long endsAt, long refreshAt)
    where T : class
{
    private long _looksAt = Math.Min(endsAt, refreshAt);

    public T? Value { get; } = value;

    public long Version { get; } = version;

    /// <summary>Until then a hit has nothing to look at but the value.</summary>
    public long LooksAt => Volatile.Read(ref _looksAt);

    public bool HasEnded(long now) => now >= endsAt;

    /// <returns>True once: the first hit after <c>refreshAt</c> has it refreshed.</returns>
    public bool TryClaimRefresh()
    {
        var looksAt = LooksAt;
        return looksAt < endsAt && Interlocked.CompareExchange(ref _looksAt, endsAt, looksAt) == looksAt;
    }
}
