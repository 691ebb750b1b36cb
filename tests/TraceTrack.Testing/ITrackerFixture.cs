namespace TraceTrack.Testing;

/// <summary>Gives the contract tests the store they are run against.</summary>
public interface ITrackerFixture
{
    /// <summary>
    /// Makes a fresh, empty store with everything <c>AddTraceTrack</c> registers. The test disposes of the provider when it ends.
    /// </summary>
    /// <param name="options">The warehouse's rules.</param>
    /// <param name="clock">Registered before AddTraceTrack when given; a store with a clock of its own may go by that one.</param>
    Task<IServiceProvider> CreateStoreAsync(Action<TraceTrackOptions>? options = null, TimeProvider? clock = null);
}
