namespace TraceTrack.Caching;

/// <param name="Memory">The longest in this process.</param>
/// <param name="Shared">The longest in the second tier.</param>
/// <param name="Absence">How long it is remembered that there is nothing; zero when it is not.</param>
/// <param name="Stale">How long after its end a value may still be answered when the store fails; zero for never.</param>
/// <param name="IsRefreshed">Whether what is asked for near its end is loaded anew before it.</param>
internal readonly record struct CacheLifetimes(TimeSpan Memory, TimeSpan Shared, TimeSpan Absence, TimeSpan Stale, bool IsRefreshed)
{
    /// <summary>The part of its life after which a hit has an entry refreshed.</summary>
    public const double RefreshedAfter = 0.8;
}
