using Microsoft.Extensions.Logging;
using Testcontainers.Redis;

namespace TraceTrack.LocalServices;

/// <summary>
/// A Redis to develop and test with: the one named by <c>TRACETRACK_REDIS</c>, else a private server (Redis or Valkey) run from the
/// binary on this computer, else a container. It keeps nothing: disposing stops what was started here.
/// </summary>
public sealed class LocalRedis : IAsyncDisposable
{
    private readonly PrivateRedis? _private;
    private readonly RedisContainer? _container;

    private LocalRedis(string connectionString, LocalServiceOrigin origin, string description)
    {
        ConnectionString = connectionString;
        Origin = origin;
        Description = description;
    }

    private LocalRedis(PrivateRedis found)
        : this(found.Configuration, LocalServiceOrigin.ServerBinaries, found.Description) => _private = found;

    private LocalRedis(RedisContainer container)
        : this(container.GetConnectionString(), LocalServiceOrigin.Docker, $"Redis in the container {container.Name}") => _container = container;

    /// <value>For StackExchange.Redis. May hold a password.</value>
    public string ConnectionString { get; }

    public LocalServiceOrigin Origin { get; }

    /// <value>One line for people, without the password.</value>
    public string Description { get; }

    /// <value>False when it ends without us: it was named by the variable, or another process started it and shares it.</value>
    public bool Owned => _private?.Owned ?? _container is not null;

    /// <returns>Null when this computer has none: go on without, and show <see cref="LocalServicesAdvice.InstallRedis"/> to who wants one.</returns>
    /// <exception cref="LocalServiceException">There is one, but it does not start.</exception>
    public static async Task<LocalRedis?> FindOrStartAsync(LocalServicesOptions options, ILogger logger, CancellationToken cancellationToken = default)
    {
        var found = FromVariable(options, logger)
            ?? await FromBinaryAsync(options, logger, cancellationToken)
            ?? await FromDockerAsync(options, logger, cancellationToken);
        if (found is not null)
        {
            Log.Ready(logger, "Redis", found.Description);
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        if (_private is not null)
        {
            await _private.CloseAsync();
        }

        if (_container is not null)
        {
            await _container.DisposeAsync();
        }
    }

    /// <summary>For tests: what happens to the server when this process is killed.</summary>
    internal void Abandon() => _private?.Abandon();

    private static LocalRedis? FromVariable(LocalServicesOptions options, ILogger logger)
    {
        const string Variable = LocalServicesOptions.RedisVariable;
        if (options.Variable(Variable) is not { } value)
        {
            return null;
        }

        Log.UsingVariable(logger, "Redis", Variable);

        // Neither "host:port,password=..." nor "redis://user:password@host" is to show its password.
        var server = value.Split(',')[0].Split('@')[^1];
        return new LocalRedis(value, LocalServiceOrigin.Environment, $"Redis named by {Variable}: {server}");
    }

    private static async Task<LocalRedis?> FromBinaryAsync(LocalServicesOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        if (RedisBinary.Find(options) is not { } binary)
        {
            return null;
        }

        // Unlike PostgreSQL it would run as root; so where neither user exists, it does.
        var user = ServiceUser.Needed
            ? await ServiceUser.FindAsync("redis", cancellationToken) ?? await ServiceUser.FindAsync("nobody", cancellationToken)
            : null;
        return new LocalRedis(await PrivateRedis.OpenAsync(binary, user, options, logger, cancellationToken));
    }

    // Unverified: nobody has run this path yet.
    private static async Task<LocalRedis?> FromDockerAsync(LocalServicesOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var container = await Docker.StartAsync("Redis", () => new RedisBuilder("redis:7").Build(), options, logger, cancellationToken);
        return container is null ? null : new LocalRedis(container);
    }
}
