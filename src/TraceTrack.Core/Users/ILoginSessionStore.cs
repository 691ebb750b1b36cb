namespace TraceTrack.Users;

/// <summary>Storage of login sessions. Applications use <see cref="IUsers"/>.</summary>
public interface ILoginSessionStore
{
    /// <summary>
    /// Stores a session if <see cref="UserRules.MayStartSession"/>, decided on the user's locked row: a session that begins while its user is
    /// changed either ends with that change or never begins.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="verifiedHash">The hash that a password was verified against; null when the user was known in another way.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The session with its user as the user stood under the lock; null when none began.</returns>
    ValueTask<LoginSession?> StartAsync(LoginSession session, string? verifiedHash, CancellationToken cancellationToken);

    /// <summary>Reads a session with its user as the user stands now.</summary>
    /// <param name="key">SHA-256 of the token, 64 hexadecimal digits.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Null when there is none, or its user is disabled; an expired one may still be returned.</returns>
    ValueTask<LoginSession?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>Extends a session's life.</summary>
    /// <param name="key">The session.</param>
    /// <param name="renewedAt">Now.</param>
    /// <param name="expiresAt">Its new end.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>False when the session was ended meanwhile.</returns>
    ValueTask<bool> RenewAsync(string key, DateTimeOffset renewedAt, DateTimeOffset expiresAt, CancellationToken cancellationToken);

    /// <summary>Ends a session; one that does not exist is no error.</summary>
    /// <param name="key">The session.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>When it is gone.</returns>
    ValueTask EndAsync(string key, CancellationToken cancellationToken);

    /// <summary>Ends every session of a user. One that begins at the same time may live on.</summary>
    /// <param name="userId">The user; one that does not exist is no error.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Keys of the sessions that were ended, expired ones among them.</returns>
    ValueTask<IReadOnlyList<string>> EndAllAsync(string userId, CancellationToken cancellationToken);
}
