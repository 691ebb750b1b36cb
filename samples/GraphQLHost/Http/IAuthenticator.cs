using TraceTrack.Users;

namespace GraphQLHost.Http;

/// <summary>Tells who a bearer token belongs to.</summary>
internal interface IAuthenticator
{
    /// <returns>Null when the token is malformed, unknown, expired or revoked; clients cannot tell the four apart.</returns>
    ValueTask<Actor?> AuthenticateAsync(string token, CancellationToken cancellationToken);
}
