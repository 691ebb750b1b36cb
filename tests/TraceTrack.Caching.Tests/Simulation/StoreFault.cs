namespace TraceTrack.Caching.Simulation;

/// <summary>The store has failed; what it was asked to do may be done or not.</summary>
internal sealed class StoreFault() : Exception("The store has failed.");

/// <summary>The second tier has failed; what it was asked to do may be done or not, now or later.</summary>
internal sealed class TierFault(string message) : Exception(message);
