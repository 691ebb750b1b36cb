namespace TraceTrack.Caching;

/// <param name="Memory">The longest in this process.</param>
/// <param name="Shared">The longest in the second tier.</param>
/// <param name="Absence">How long it is remembered that there is nothing; zero when it is not.</param>
internal readonly record struct CacheLifetimes(TimeSpan Memory, TimeSpan Shared, TimeSpan Absence)
{
    /// <summary>90–100 % of a time, so that what was read together does not expire together.</summary>
    public static TimeSpan Jitter(TimeSpan time) => time * (0.9 + (Random.Shared.NextDouble() / 10));
}
