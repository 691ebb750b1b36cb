namespace TraceTrack.Caching;

/// <summary>For a simulation: the time that the network takes, how those who wait for a load go on, and where chance comes from.</summary>
internal sealed record NetworkClock(TimeProvider Clock, TaskCreationOptions Continuations, Random Chance);
