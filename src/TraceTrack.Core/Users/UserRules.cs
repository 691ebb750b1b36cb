namespace TraceTrack.Users;

/// <summary>Pure rules of changing users. Stores apply them to locked rows.</summary>
public static class UserRules
{
    /// <summary>Whether a change can take an enabled admin away, so that a store must let no other such change run beside it.</summary>
    /// <param name="change">The wish.</param>
    /// <returns>True when it disables, or gives a role other than admin.</returns>
    public static bool CanTakeAdmin(UserChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change.IsDisabled == true || change.Role is not (null or UserRole.Admin);
    }

    /// <summary>A user after a change.</summary>
    /// <param name="stored">The user and its hash as they are stored, locked.</param>
    /// <param name="change">The wish, already checked.</param>
    /// <param name="hasOtherAdmin">Whether there is another enabled admin; asked for only when <see cref="CanTakeAdmin"/>.</param>
    /// <returns>What to store; equal to <paramref name="stored"/> when nothing changes, and then no session ends.</returns>
    /// <exception cref="ConflictException"><see cref="ErrorCodes.LastAdmin"/> or <see cref="ErrorCodes.PasswordChanged"/>.</exception>
    public static UserCredentials Change(UserCredentials stored, UserChange change, bool hasOtherAdmin)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(change);
        if (change.VerifiedHash is { } verified && verified != stored.PasswordHash)
            throw new ConflictException(ErrorCodes.PasswordChanged, "The password was changed since it was verified; log in with the new one.");
        var user = stored.User with
        {
            Role = change.Role ?? stored.User.Role,
            Area = change.Area.Of(stored.User.Area),
            IsDisabled = change.IsDisabled ?? stored.User.IsDisabled,
        };
        if (IsEnabledAdmin(stored.User) && !IsEnabledAdmin(user) && !hasOtherAdmin)
            throw new ConflictException(ErrorCodes.LastAdmin, $"{user.Name} is the last admin who is not disabled; make another one first.");
        return new(user, change.PasswordHash ?? stored.PasswordHash);
    }

    /// <summary>Whether a login session may begin.</summary>
    /// <param name="stored">The user and its hash as they are stored, locked; null when there is no such user.</param>
    /// <param name="verifiedHash">The hash that a password was verified against; null when the user was known in another way.</param>
    /// <returns>False for nobody, for a disabled user, and when the password was changed since it was verified.</returns>
    public static bool MayStartSession(UserCredentials? stored, string? verifiedHash) =>
        stored is { User.IsDisabled: false } && (verifiedHash is null || verifiedHash == stored.PasswordHash);

    /// <summary>Whether a user counts as one of those who must not run out.</summary>
    /// <param name="user">The user.</param>
    /// <returns>True for an admin who is not disabled.</returns>
    public static bool IsEnabledAdmin(User user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user is { Role: UserRole.Admin, IsDisabled: false };
    }
}
