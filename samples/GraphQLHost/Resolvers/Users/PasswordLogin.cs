using GraphQLHost.Engines;
using GraphQLHost.Identity;
using GraphQLHost.Users;
using TraceTrack;
using TraceTrack.Users;

namespace GraphQLHost.Resolvers.Users;

/// <summary>What needs a password: logging in, and giving or changing one.</summary>
internal sealed class PasswordLogin(ITraceTrack traceTrack, PasswordGate passwords, IdentitySettings identity)
{
    private readonly IUsers _users = traceTrack.As(Actor.System).Users;

    /// <exception cref="GraphQLErrorException">LOGIN_FAILED, LOGIN_BUSY or LOGIN_DISABLED.</exception>
    public async ValueTask<LoginTicket> LogInAsync(string userName, string password, CancellationToken cancellationToken)
    {
        DemandOwnUsers();
        using var turn = await passwords.EnterAsync(cancellationToken);
        var credentials = await _users.FindCredentialsAsync(userName, cancellationToken);
        if (!await turn.VerifyAsync(credentials, password, cancellationToken))
            throw Failed("The user name or the password is wrong.");
        try
        {
            return await _users.LogInAsync(credentials!, cancellationToken);
        }
        catch (NotFoundException)
        {
            // Disabled, or given another password, while this one was verified.
            throw Failed("The user name or the password is wrong.");
        }
    }

    /// <exception cref="GraphQLErrorException">LOGIN_FAILED, INVALID_PASSWORD, LOGIN_BUSY or LOGIN_DISABLED.</exception>
    public async ValueTask<User> ChangeOwnAsync(ITracker tracker, string current, string wanted, CancellationToken cancellationToken)
    {
        DemandOwnUsers();
        passwords.CheckNew(wanted);
        using var turn = await passwords.EnterAsync(cancellationToken);
        var user = await tracker.Users.FindAsync(tracker.Actor.Id, cancellationToken);
        var credentials = user is null ? null : await _users.FindCredentialsAsync(user.Name, cancellationToken);
        if (!await turn.VerifyAsync(credentials, current, cancellationToken))
            throw Failed("The present password is wrong.");
        await tracker.Users.ReplacePasswordAsync(credentials!, await turn.HashAsync(wanted, cancellationToken), cancellationToken);
        return credentials!.User;
    }

    /// <summary>The hash of a password that an admin gives. Who is none costs no hashing.</summary>
    /// <exception cref="GraphQLErrorException">INVALID_PASSWORD or LOGIN_BUSY.</exception>
    public async ValueTask<string> HashGivenAsync(Actor admin, string password, CancellationToken cancellationToken)
    {
        AccessRules.Demand(AccessRules.MayAdminister(admin), "Admins create users and set passwords.");
        passwords.CheckNew(password);
        using var turn = await passwords.EnterAsync(cancellationToken);
        return await turn.HashAsync(password, cancellationToken);
    }

    /// <exception cref="GraphQLErrorException">LOGIN_DISABLED: another identity is trusted, and sessions of ours open nothing.</exception>
    public void DemandOwnUsers()
    {
        if (!identity.IsOwn)
            throw new GraphQLErrorException(HostErrorCodes.LoginDisabled, "This server does not log in and out itself; it trusts another identity.");
    }

    private static GraphQLErrorException Failed(string message) => new(HostErrorCodes.LoginFailed, message);
}
