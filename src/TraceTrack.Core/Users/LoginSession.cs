namespace TraceTrack.Users;

/// <summary>A login session. Stores know only the SHA-256 of its token, so a stolen table opens no session.</summary>
/// <param name="Key">SHA-256 of the token, 64 hexadecimal digits.</param>
/// <param name="User">Whose it is, as the user stands now.</param>
/// <param name="RenewedAt">When its life was last extended.</param>
/// <param name="ExpiresAt">When it ends unless it is used before.</param>
public sealed record LoginSession(string Key, User User, DateTimeOffset RenewedAt, DateTimeOffset ExpiresAt);

/// <summary>A login session just begun.</summary>
/// <param name="Token">The 256-bit secret, base64url; shown once, stored nowhere.</param>
/// <param name="Session">The session.</param>
public sealed record LoginTicket(string Token, LoginSession Session)
{
    /// <summary>Hides the token from logs.</summary>
    /// <returns>The user's name and the end of the session.</returns>
    public override string ToString() => $"{Session.User.Name} until {Session.ExpiresAt:O}";
}
