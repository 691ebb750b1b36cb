using System.Threading.RateLimiting;
using GraphQLHost.Engines;
using Microsoft.AspNetCore.Identity;
using TraceTrack.Users;

namespace GraphQLHost.Users;

/// <summary>
/// All hashing of passwords. One takes a core for 40–100 ms, so only a few run at once: a crowd at the start of a shift waits for itself
/// and never keeps scans waiting.
/// </summary>
internal sealed class PasswordGate(IPasswordHasher<User> hasher, PasswordLimits limits) : IDisposable
{
    // The hasher asks for a user and takes nothing from it.
    private static readonly User Nobody = new() { Id = "nobody", Name = "nobody", Role = UserRole.Dispatcher };

    private readonly ConcurrencyLimiter _limiter = new(new()
    {
        PermitLimit = limits.Concurrency,
        QueueLimit = limits.Queue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    // Verified against when there is no such user: the time taken must not tell which names exist. Made at once, for the same reason.
    private readonly string _nobodysHash = hasher.HashPassword(Nobody, Guid.NewGuid().ToString());

    /// <summary>Waits for a turn. Taken before the store is asked, so that a crowd does not fill the pool of connections either.</summary>
    /// <exception cref="GraphQLErrorException">LOGIN_BUSY: too many wait already.</exception>
    public async ValueTask<Turn> EnterAsync(CancellationToken cancellationToken)
    {
        var permit = await _limiter.AcquireAsync(1, cancellationToken);
        if (permit.IsAcquired)
            return new(this, permit);
        permit.Dispose();
        throw new GraphQLErrorException(HostErrorCodes.LoginBusy, "Too many log-ins at once. Try again in a few seconds.");
    }

    /// <exception cref="GraphQLErrorException">INVALID_PASSWORD: too short or too long.</exception>
    public void CheckNew(string password)
    {
        var length = password.EnumerateRunes().Count();
        if (length < limits.MinLength || length > limits.MaxLength)
            throw new GraphQLErrorException(HostErrorCodes.InvalidPassword, $"A password has {limits.MinLength}–{limits.MaxLength} characters.");
    }

    public void Dispose() => _limiter.Dispose();

    /// <summary>The right to hash, until it is disposed.</summary>
    internal sealed class Turn(PasswordGate gate, RateLimitLease permit) : IDisposable
    {
        // Off the request's own thread, since what completes synchronously before would hold up the connection.
        public Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
            Task.Run(() => gate.Hasher.HashPassword(Nobody, password), cancellationToken);

        /// <summary>False, and as slow, for nobody.</summary>
        public Task<bool> VerifyAsync(UserCredentials? credentials, string password, CancellationToken cancellationToken) =>
            Task.Run(
                () => gate.Hasher.VerifyHashedPassword(credentials?.User ?? Nobody, credentials?.PasswordHash ?? gate._nobodysHash, password)
                    != PasswordVerificationResult.Failed && credentials is not null,
                cancellationToken);

        public void Dispose() => permit.Dispose();
    }

    private IPasswordHasher<User> Hasher { get; } = hasher;
}
