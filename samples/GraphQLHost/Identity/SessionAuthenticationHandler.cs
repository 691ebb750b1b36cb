using System.Text.Encodings.Web;
using GraphQLHost.Engines;
using GraphQLHost.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using TraceTrack;
using TraceTrack.Users;

namespace GraphQLHost.Identity;

/// <summary>Authenticates by TraceTrack's own users: a bearer token is the token of a login session.</summary>
internal sealed class SessionAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    ITraceTrack traceTrack, IdentitySettings settings, GraphQLLimits limits)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (BearerToken.Of(Request) is not { } token)
            return AuthenticateResult.NoResult();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Context.RequestAborted);
        timeout.CancelAfter(limits.Timeout);
        try
        {
            var session = await traceTrack.As(Actor.System).Users.FindSessionAsync(token, timeout.Token);
            // Malformed, unknown, expired, revoked: clients cannot tell the four apart.
            return session is null
                ? AuthenticateResult.Fail("The token opens no session.")
                : AuthenticateResult.Success(new(ActorClaims.ToPrincipal(session.User, settings), Scheme.Name));
        }
        catch (Exception error)
        {
            return AuthenticateResult.Fail(new IdentityUnavailableException(error));
        }
    }
}
