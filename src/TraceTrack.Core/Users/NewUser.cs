namespace TraceTrack.Users;

/// <summary>The wish for a new user.</summary>
/// <param name="Name">Log-in name, 1–64 characters without control characters or outer white space; unique without regard to case.</param>
/// <param name="Role">Role.</param>
/// <param name="Area">Own area; a dispatcher without one may do nothing.</param>
/// <param name="PasswordHash">What the application's password hasher gave; never a password.</param>
public sealed record NewUser(string Name, UserRole Role, string? Area, string PasswordHash)
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = PlainText.MaxLength;

    /// <summary>Hides the hash from logs.</summary>
    /// <returns>Name, role and area.</returns>
    public override string ToString() => $"{Name} ({Role}, {Area ?? "no area"})";
}

/// <summary>A user and the hash that a password is verified against.</summary>
/// <param name="User">The user.</param>
/// <param name="PasswordHash">What the application's password hasher gave.</param>
public sealed record UserCredentials(User User, string PasswordHash)
{
    /// <summary>Hides the hash from logs.</summary>
    /// <returns>The user's name.</returns>
    public override string ToString() => User.Name;
}
