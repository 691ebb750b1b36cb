using TraceTrack.Paging;

namespace TraceTrack.Users;

/// <summary>TraceTrack's own users and login sessions. Optional: a team with users of its own makes <see cref="Actor"/>s from them.</summary>
public interface IUsers
{
    /// <summary>Looks up a user. Admins see all, others themselves.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The user; null when there is none or the actor may not see it.</returns>
    ValueTask<User?> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Looks up many users at once; far cheaper than one by one.</summary>
    /// <param name="ids">Ids; repeats are allowed.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>One entry an id, in the same order; null as in <see cref="FindAsync"/>.</returns>
    ValueTask<IReadOnlyList<User?>> FindManyAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken = default);

    /// <summary>One page of users, ordered by name without regard to case. For admins.</summary>
    /// <param name="role">Users of this role; null for all.</param>
    /// <param name="page">Size, direction and cursor.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The page.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidPage"/> or <see cref="ErrorCodes.InvalidCursor"/>.</exception>
    /// <exception cref="NotAllowedException">The actor is no admin.</exception>
    ValueTask<Page<User>> ListAsync(UserRole? role, PageRequest page, CancellationToken cancellationToken = default);

    /// <summary>Creates a user. For admins.</summary>
    /// <param name="user">Name, role, area and password hash.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The new user.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidUser"/> or <see cref="ErrorCodes.InvalidArea"/>.</exception>
    /// <exception cref="NotAllowedException">The actor is no admin.</exception>
    /// <exception cref="ConflictException"><see cref="ErrorCodes.UserExists"/>.</exception>
    ValueTask<User> CreateAsync(NewUser user, CancellationToken cancellationToken = default);

    /// <summary>Looks up a user by name, disabled ones too. For admins.</summary>
    /// <param name="name">Log-in name; case makes no difference.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The user; null when there is none.</returns>
    /// <exception cref="NotAllowedException">The actor is no admin.</exception>
    ValueTask<User?> FindByNameAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>
    /// Changes a user's role, area or password, disables it or enables it again. Unless nothing changes, all the user's login sessions end in
    /// the same transaction. For admins.
    /// </summary>
    /// <param name="id">The user's id.</param>
    /// <param name="change">What changes.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The user as it stands now.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidUser"/> or <see cref="ErrorCodes.InvalidArea"/>.</exception>
    /// <exception cref="NotAllowedException">The actor is no admin.</exception>
    /// <exception cref="NotFoundException"><see cref="ErrorCodes.UserNotFound"/>.</exception>
    /// <exception cref="ConflictException">
    /// <see cref="ErrorCodes.LastAdmin"/>: no admin would be left who is not disabled. <see cref="ErrorCodes.PasswordChanged"/>:
    /// <see cref="UserChange.VerifiedHash"/> is not stored any more.
    /// </exception>
    ValueTask<User> ChangeAsync(string id, UserChange change, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives a user another password and ends all the user's sessions. For admins, and for a user itself: whether the user knows the present
    /// password is the application's to verify first.
    /// </summary>
    /// <param name="id">The user's id.</param>
    /// <param name="passwordHash">What the application's password hasher gave.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>When it is stored.</returns>
    /// <exception cref="NotAllowedException">The actor is neither an admin nor the user.</exception>
    /// <exception cref="NotFoundException"><see cref="ErrorCodes.UserNotFound"/>.</exception>
    ValueTask SetPasswordAsync(string id, string passwordHash, CancellationToken cancellationToken = default);

    /// <summary>As <see cref="SetPasswordAsync"/>, unless the password was changed since it was verified.</summary>
    /// <param name="verified">What the present password was verified against.</param>
    /// <param name="passwordHash">What the application's password hasher gave for the new one.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>When it is stored.</returns>
    /// <exception cref="NotAllowedException">The actor is neither an admin nor the user.</exception>
    /// <exception cref="NotFoundException"><see cref="ErrorCodes.UserNotFound"/>.</exception>
    /// <exception cref="ConflictException"><see cref="ErrorCodes.PasswordChanged"/>.</exception>
    ValueTask ReplacePasswordAsync(UserCredentials verified, string passwordHash, CancellationToken cancellationToken = default);

    /// <summary>Reads what a password is verified against. For <see cref="Actor.System"/> only.</summary>
    /// <param name="name">Log-in name; case makes no difference.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Null when there is no such user or it is disabled.</returns>
    /// <exception cref="NotAllowedException">The actor is not the system.</exception>
    ValueTask<UserCredentials?> FindCredentialsAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>
    /// Begins a login session for a user whose password was verified. None begins when the user was disabled or the password changed in the
    /// meantime, however close. For <see cref="Actor.System"/> only.
    /// </summary>
    /// <param name="verified">What the password was verified against.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The token, shown once, and the session.</returns>
    /// <exception cref="NotAllowedException">The actor is not the system.</exception>
    /// <exception cref="NotFoundException">
    /// <see cref="ErrorCodes.UserNotFound"/>: there is no such user, it is disabled, or it has another password now.
    /// </exception>
    ValueTask<LoginTicket> LogInAsync(UserCredentials verified, CancellationToken cancellationToken = default);

    /// <summary>Begins a login session for a user who was known in another way than by password. For <see cref="Actor.System"/> only.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The token, shown once, and the session.</returns>
    /// <exception cref="NotAllowedException">The actor is not the system.</exception>
    /// <exception cref="NotFoundException"><see cref="ErrorCodes.UserNotFound"/>: there is no such user, or it is disabled.</exception>
    ValueTask<LoginTicket> StartSessionAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Finds the session of a token and renews it when it is due. For <see cref="Actor.System"/> only.</summary>
    /// <param name="token">What the client sent.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Null when the token is malformed, unknown, expired or revoked; the four are not told apart.</returns>
    /// <exception cref="NotAllowedException">The actor is not the system.</exception>
    ValueTask<LoginSession?> FindSessionAsync(string token, CancellationToken cancellationToken = default);

    /// <summary>Ends the session of a token; an unknown one is no error. For <see cref="Actor.System"/> only.</summary>
    /// <param name="token">What the client sent.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>When it is gone.</returns>
    /// <exception cref="NotAllowedException">The actor is not the system.</exception>
    ValueTask EndSessionAsync(string token, CancellationToken cancellationToken = default);

    /// <summary>Ends every login session of a user, on every device. For admins, and for a user itself.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>How many sessions ended, those among them that had expired and were not yet cleared away.</returns>
    /// <exception cref="NotAllowedException">The actor is neither an admin nor the user.</exception>
    /// <exception cref="NotFoundException"><see cref="ErrorCodes.UserNotFound"/>; only told to admins.</exception>
    ValueTask<int> EndSessionsAsync(string id, CancellationToken cancellationToken = default);
}
