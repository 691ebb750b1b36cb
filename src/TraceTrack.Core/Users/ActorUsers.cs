using TraceTrack.Paging;

namespace TraceTrack.Users;

internal sealed class ActorUsers(TraceTrackDoor door, Actor actor) : IUsers
{
    public async ValueTask<User?> FindAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        return AccessRules.MayAdminister(actor) || actor.Id == id ? await ReadAsync(id, cancellationToken).ConfigureAwait(false) : null;
    }

    public async ValueTask<Page<User>> ListAsync(UserRole? role, PageRequest page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        AccessRules.Demand(AccessRules.MayAdminister(actor), "Admins list users.");
        return await PageReader.ReadAsync<User, UserPosition>(
            page,
            Cursor.Fingerprint("users", role?.ToString()),
            text => new UserPosition(text),
            user => UserPosition.Of(user.Name).NameKey,
            slice => door.UserStore.ListAsync(role, slice, cancellationToken)).ConfigureAwait(false);
    }

    public async ValueTask<User> CreateAsync(NewUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        AccessRules.Demand(AccessRules.MayAdminister(actor), "Admins create users.");
        if (!PlainText.IsStorable(user.Name) || user.Name != user.Name.Trim())
        {
            throw new InvalidInputException(ErrorCodes.InvalidUser,
                $"A user name is 1–{NewUser.MaxNameLength} characters without control characters or outer white space.");
        }

        if (!Enum.IsDefined(user.Role))
            throw new InvalidInputException(ErrorCodes.InvalidUser, "A user's role is Admin, Biller or Dispatcher.");
        if (string.IsNullOrEmpty(user.PasswordHash))
            throw new InvalidInputException(ErrorCodes.InvalidUser, "A user needs a password hash.");
        var created = await door.UserStore.CreateAsync(user with { Area = Area.Normalize(user.Area) }, cancellationToken).ConfigureAwait(false);
        return created ?? throw new ConflictException(ErrorCodes.UserExists, $"There is a user {user.Name} already.");
    }

    public async ValueTask SetPasswordAsync(string id, string passwordHash, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentException.ThrowIfNullOrEmpty(passwordHash);
        AccessRules.Demand(AccessRules.MayAdminister(actor), "Admins set passwords.");
        if (!PlainText.IsStorable(id) || !await door.UserStore.SetPasswordAsync(id, passwordHash, cancellationToken).ConfigureAwait(false))
            throw NotFound(id);
    }

    public async ValueTask<UserCredentials?> FindCredentialsAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        DemandSystem();
        var found = PlainText.IsStorable(name)
            ? await door.UserStore.FindCredentialsAsync(name.Trim(), cancellationToken).ConfigureAwait(false)
            : null;
        return found is { User.IsDisabled: false } ? found : null;
    }

    public async ValueTask<LoginTicket> StartSessionAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        DemandSystem();
        var user = await ReadAsync(id, cancellationToken).ConfigureAwait(false);
        if (user is null or { IsDisabled: true })
            throw NotFound(id);
        var now = door.Clock.GetUtcNow();
        var token = LoginToken.New();
        var session = new LoginSession(LoginToken.Key(token), user, now, now + door.Options.LoginSessionLifetime);
        await door.SessionStore.StartAsync(session, cancellationToken).ConfigureAwait(false);
        door.Telemetry.Sessions.Started();
        return new(token, session);
    }

    public async ValueTask<LoginSession?> FindSessionAsync(string token, CancellationToken cancellationToken)
    {
        DemandSystem();
        var session = await ReadSessionAsync(token, cancellationToken).ConfigureAwait(false);
        door.Telemetry.Sessions.Answered(session is not null);
        return session;
    }

    private async ValueTask<LoginSession?> ReadSessionAsync(string token, CancellationToken cancellationToken)
    {
        if (!LoginToken.IsWellFormed(token))
            return null;
        var session = await door.SessionStore.FindAsync(LoginToken.Key(token), cancellationToken).ConfigureAwait(false);
        var now = door.Clock.GetUtcNow();
        if (session is null || session.User.IsDisabled || session.ExpiresAt <= now)
            return null;
        if (now - session.RenewedAt < door.Options.LoginSessionRenewal)
            return session;
        var renewed = session with { RenewedAt = now, ExpiresAt = now + door.Options.LoginSessionLifetime };
        return await door.SessionStore.RenewAsync(session.Key, now, renewed.ExpiresAt, cancellationToken).ConfigureAwait(false) ? renewed : null;
    }

    public async ValueTask EndSessionAsync(string token, CancellationToken cancellationToken)
    {
        DemandSystem();
        if (LoginToken.IsWellFormed(token))
            await door.SessionStore.EndAsync(LoginToken.Key(token), cancellationToken).ConfigureAwait(false);
    }

    // Text that no store can keep is nobody's id; a database would answer it with an error of its own.
    private async ValueTask<User?> ReadAsync(string id, CancellationToken cancellationToken) => PlainText.IsStorable(id)
        ? (await door.UserStore.FindManyAsync([id], cancellationToken).ConfigureAwait(false))[0]
        : null;

    // By reference: an actor that only calls itself "system" is another.
    private void DemandSystem() => AccessRules.Demand(ReferenceEquals(actor, Actor.System), "Only the application itself handles log-ins.");

    private static NotFoundException NotFound(string id) => new(ErrorCodes.UserNotFound, $"There is no user {id} who may log in.");
}
