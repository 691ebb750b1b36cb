namespace TraceTrack.Caching;

/// <summary>For a simulation: the time that the network takes, how those who wait for a load go on, where chance comes from, and when it is later.</summary>
/// <param name="Clock">The network's.</param>
/// <param name="Continuations">Of those who wait.</param>
/// <param name="Chance">Chance.</param>
/// <param name="Later">What is not urgent; null for the thread pool, and for what is worth it only.</param>
internal sealed record NetworkClock(TimeProvider Clock, TaskCreationOptions Continuations, Random Chance, Action<Action>? Later = null);
