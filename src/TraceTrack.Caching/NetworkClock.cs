namespace TraceTrack.Caching;

/// <summary>For a simulation: the time that the network takes, and how those who wait for a load go on.</summary>
internal sealed record NetworkClock(TimeProvider Clock, TaskCreationOptions Continuations);
