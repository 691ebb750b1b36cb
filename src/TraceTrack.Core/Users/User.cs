namespace TraceTrack.Users;

/// <summary>A user of TraceTrack's own optional user table.</summary>
public sealed record User
{
    /// <summary>The store's key; becomes <see cref="Actor.Id"/>.</summary>
    public required string Id { get; init; }

    /// <summary>The log-in name, 1–64 characters; unique without regard to case.</summary>
    public required string Name { get; init; }

    /// <summary>Role.</summary>
    public required UserRole Role { get; init; }

    /// <summary>Own area; null for none.</summary>
    public string? Area { get; init; }

    /// <summary>A disabled user cannot log in and has no sessions.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>When the user was created (the server's time).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The user as an actor.</summary>
    /// <returns>An actor with the user's id, role and area.</returns>
    public Actor ToActor() => new(Id, Role, Area);
}
