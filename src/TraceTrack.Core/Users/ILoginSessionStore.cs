namespace TraceTrack.Users;

/// <summary>Storage of login sessions. Applications use <see cref="IUsers"/>.</summary>
public interface ILoginSessionStore
{
    /// <summary>Stores a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>When it is stored.</returns>
    ValueTask StartAsync(LoginSession session, CancellationToken cancellationToken);

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
}
