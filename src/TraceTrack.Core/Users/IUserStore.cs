using TraceTrack.Paging;

namespace TraceTrack.Users;

/// <summary>Storage of users. Applications use <see cref="IUsers"/>.</summary>
public interface IUserStore
{
    /// <summary>Reads users by id in one round trip.</summary>
    /// <param name="ids">Ids; repeats are allowed.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>One entry an id, in the same order; null where there is no user.</returns>
    ValueTask<IReadOnlyList<User?>> FindManyAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>Reads one slice of the list of users, ordered by name in lower case.</summary>
    /// <param name="role">Users of this role; null for all.</param>
    /// <param name="slice">Where to start (exclusive), which way, and how many rows at most.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Rows in the direction of the slice: descending when it goes backward.</returns>
    ValueTask<IReadOnlyList<User>> ListAsync(UserRole? role, Slice<UserPosition> slice, CancellationToken cancellationToken);

    /// <summary>Reads a user and the password hash by name.</summary>
    /// <param name="name">The name; case makes no difference.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Null when there is no such user.</returns>
    ValueTask<UserCredentials?> FindCredentialsAsync(string name, CancellationToken cancellationToken);

    /// <summary>Stores a new user and counts it in the totals.</summary>
    /// <param name="user">The wish, already checked.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The user, or null when the name is taken.</returns>
    ValueTask<User?> CreateAsync(NewUser user, CancellationToken cancellationToken);

    /// <summary>
    /// Changes a user and, unless nothing changes, ends every session of the user, in one transaction. <see cref="UserRules.Change"/> decides
    /// on the locked row; of changes that could take the last admin away, one runs at a time.
    /// </summary>
    /// <param name="id">The user.</param>
    /// <param name="change">The wish, already checked.</param>
    /// <param name="cancellationToken">Cancels the wait; after the commit has been sent, the outcome may be either.</param>
    /// <returns>The user as it stands now and the keys of the sessions that ended; null when there is no such user.</returns>
    /// <exception cref="ConflictException"><see cref="ErrorCodes.LastAdmin"/> or <see cref="ErrorCodes.PasswordChanged"/>.</exception>
    ValueTask<UserCommit?> ChangeAsync(string id, UserChange change, CancellationToken cancellationToken);
}
