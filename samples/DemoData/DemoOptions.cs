namespace TraceTrack.DemoData;

/// <summary>What to fill a store with.</summary>
public sealed record DemoOptions
{
    /// <value>Parents and children together, 1 or more; 810,000 by default. All else is in proportion.</value>
    public int Bags { get; init; } = DemoWarehouse.DefaultBags;

    /// <value>Another seed makes another warehouse of the same size.</value>
    public int Seed { get; init; } = DemoWarehouse.DefaultSeed;

    /// <value>The password of all users, hashed the way the host does.</value>
    public required string PasswordHash { get; init; }

    /// <value>Where the thirty days of scans end; null for now.</value>
    public DateTimeOffset? Until { get; init; }

    /// <value>How many calls are under way at once while users and bills are made; 16 by default.</value>
    public int Workers { get; init; } = 16;

    /// <value>The clock that says when now is.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
