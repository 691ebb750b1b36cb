namespace TraceTrack.Users;

/// <summary>The wish to change a user; what is left out stays as it is. Every change ends the user's login sessions.</summary>
public sealed record UserChange
{
    /// <summary>Another role; null leaves it.</summary>
    public UserRole? Role { get; init; }

    /// <summary>What becomes of the area; it stays unless something else is said.</summary>
    public AreaChange Area { get; init; }

    /// <summary>True disables the user, false enables it again; null leaves it.</summary>
    public bool? IsDisabled { get; init; }

    /// <summary>What the application's password hasher gave for a new password; null leaves the present one.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>
    /// The hash that must still be stored, as a password was verified against it; null for whatever is stored. Otherwise nothing changes:
    /// <see cref="ErrorCodes.PasswordChanged"/>.
    /// </summary>
    public string? VerifiedHash { get; init; }

    /// <summary>Hides the hashes from logs.</summary>
    /// <returns>What changes.</returns>
    public override string ToString() =>
        $"role {Role?.ToString() ?? "as it is"}, area {Area}, disabled {IsDisabled?.ToString() ?? "as it is"}, password {(PasswordHash is null ? "as it is" : "new")}";
}

/// <summary>What a change of a user wrote.</summary>
/// <param name="User">The user as it stands now.</param>
/// <param name="EndedSessions">Keys of the login sessions that ended with it, so that whoever holds copies of them can drop those.</param>
public sealed record UserCommit(User User, IReadOnlyList<string> EndedSessions);
