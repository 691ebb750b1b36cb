using System.Threading.RateLimiting;
using GraphQLHost.Engines;
using Microsoft.AspNetCore.Identity;
using TraceTrack;
using TraceTrack.Users;

namespace GraphQLHost.Resolvers.Users;

/// <summary>
/// Verifies passwords. One verification takes a core for some 40 ms, so only half of the cores ever do it at once:
/// a crowd at the start of a shift waits for itself and never keeps scans waiting.
/// </summary>
internal sealed class PasswordLogin(ITraceTrack traceTrack, IPasswordHasher<User> hasher) : IDisposable
{
    private const int LongestQueue = 200;

    private readonly ConcurrencyLimiter _limiter = new(new()
    {
        PermitLimit = Math.Max(1, Environment.ProcessorCount / 2),
        QueueLimit = LongestQueue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    // Verified against when there is no such user: the time taken must not tell which names exist. Made at once, for the same reason.
    private readonly string _nobodysHash = hasher.HashPassword(Nobody, Guid.NewGuid().ToString());

    private static readonly User Nobody = new() { Id = "nobody", Name = "nobody", Role = UserRole.Dispatcher };

    /// <exception cref="GraphQLErrorException">LOGIN_FAILED or LOGIN_BUSY.</exception>
    public async ValueTask<LoginTicket> LogInAsync(string userName, string password, CancellationToken cancellationToken)
    {
        using var permit = await _limiter.AcquireAsync(1, cancellationToken);
        if (!permit.IsAcquired)
            throw new GraphQLErrorException(HostErrorCodes.LoginBusy, "Too many log-ins at once. Try again in a few seconds.");
        var users = traceTrack.As(Actor.System).Users;
        var credentials = await users.FindCredentialsAsync(userName, cancellationToken);
        // On the thread pool, since what completes synchronously above would hold up the connection.
        var verified = await Task.Run(
            () => hasher.VerifyHashedPassword(credentials?.User ?? Nobody, credentials?.PasswordHash ?? _nobodysHash, password), cancellationToken);
        return credentials is not null && verified != PasswordVerificationResult.Failed
            ? await users.StartSessionAsync(credentials.User.Id, cancellationToken)
            : throw new GraphQLErrorException(HostErrorCodes.LoginFailed, "The user name or the password is wrong.");
    }

    public void Dispose() => _limiter.Dispose();
}
