namespace TraceTrack.Users;

/// <summary>The sort key of the list of users.</summary>
/// <param name="NameKey">The user's name in lower case.</param>
public readonly record struct UserPosition(string NameKey)
{
    /// <summary>The position of a user.</summary>
    /// <param name="name">The user's name.</param>
    /// <returns>Its key.</returns>
    public static UserPosition Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new(name.ToLowerInvariant());
    }
}
