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

    /// <summary>Stores a new password hash and ends every session of the user, in one transaction.</summary>
    /// <param name="id">The user.</param>
    /// <param name="passwordHash">The new hash.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>False when there is no such user.</returns>
    ValueTask<bool> SetPasswordAsync(string id, string passwordHash, CancellationToken cancellationToken);
}
