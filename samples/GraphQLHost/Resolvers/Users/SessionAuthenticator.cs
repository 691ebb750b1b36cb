using GraphQLHost.Http;
using TraceTrack;
using TraceTrack.Users;

namespace GraphQLHost.Resolvers.Users;

/// <summary>Bearer tokens are tokens of login sessions.</summary>
internal sealed class SessionAuthenticator(ITraceTrack traceTrack) : IAuthenticator
{
    public async ValueTask<Actor?> AuthenticateAsync(string token, CancellationToken cancellationToken)
    {
        var session = await traceTrack.As(Actor.System).Users.FindSessionAsync(token, cancellationToken);
        return session?.User.ToActor();
    }
}
