namespace TraceTrack.Users;

/// <summary>Log-in and log-out.</summary>
internal sealed partial class ActorUsers
{
    public async ValueTask<UserCredentials?> FindCredentialsAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        DemandSystem();
        var found = await ReadCredentialsAsync(name, cancellationToken).ConfigureAwait(false);
        return found is { User.IsDisabled: false } ? found : null;
    }

    public async ValueTask<LoginTicket> LogInAsync(UserCredentials verified, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(verified);
        DemandSystem();
        return await StartAsync(verified.User, verified.PasswordHash, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<LoginTicket> StartSessionAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        DemandSystem();
        var user = await ReadAsync(id, cancellationToken).ConfigureAwait(false) ?? throw NobodyToLogIn(id);
        return await StartAsync(user, null, cancellationToken).ConfigureAwait(false);
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

    public async ValueTask<int> EndSessionsAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        AccessRules.Demand(AccessRules.MayManageAccount(actor, id), "Admins end the sessions of others, and users their own.");
        var ended = PlainText.IsStorable(id) ? (await door.SessionStore.EndAllAsync(id, cancellationToken).ConfigureAwait(false)).Count : 0;
        // A mistyped id must not look like a success. Who asks for the own sessions may well be no user of ours.
        if (ended == 0 && id != actor.Id && await ReadAsync(id, cancellationToken).ConfigureAwait(false) is null)
            throw new NotFoundException(ErrorCodes.UserNotFound, $"There is no user {id}.");
        return ended;
    }

    private async ValueTask<LoginTicket> StartAsync(User user, string? verifiedHash, CancellationToken cancellationToken)
    {
        var now = door.Clock.GetUtcNow();
        var token = LoginToken.New();
        var wanted = new LoginSession(LoginToken.Key(token), user, now, now + door.Options.LoginSessionLifetime);
        // The store decides under lock: what was read before may be out of date by now.
        var session = await door.SessionStore.StartAsync(wanted, verifiedHash, cancellationToken).ConfigureAwait(false);
        if (session is null)
            throw NobodyToLogIn(user.Id);
        door.Telemetry.Sessions.Started();
        return new(token, session);
    }

    // By reference: an actor that only calls itself "system" is another.
    private void DemandSystem() => AccessRules.Demand(ReferenceEquals(actor, Actor.System), "Only the application itself handles log-ins.");

    private static NotFoundException NobodyToLogIn(string id) => new(ErrorCodes.UserNotFound, $"There is no user {id} who may log in.");
}
