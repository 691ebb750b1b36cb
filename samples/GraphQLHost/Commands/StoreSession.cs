using TraceTrack;
using TraceTrack.Caching;
using TraceTrack.LocalServices;
using TraceTrack.Postgres;

namespace GraphQLHost.Commands;

/// <summary>The store of one command: what was found or started, and the host built on it. Disposing stops what was started here.</summary>
internal sealed class StoreSession : IAsyncDisposable
{
    private readonly ILoggerFactory _loggers;
    private readonly LocalPostgres? _postgres;
    private readonly LocalRedis? _redis;

    private StoreSession(ILoggerFactory loggers, LocalPostgres? postgres, LocalRedis? redis)
    {
        (_loggers, _postgres, _redis) = (loggers, postgres, redis);
        App = HostApplication.Build(new HostSettings { ConnectionString = postgres?.ConnectionString, RedisConfiguration = redis?.ConnectionString });
    }

    /// <summary>The host, not started.</summary>
    public WebApplication App { get; }

    public IServiceProvider Services => App.Services;

    public ITraceTrack TraceTrack => Services.GetRequiredService<ITraceTrack>();

    /// <value>False when everything is in this process's memory.</value>
    public bool IsDurable => _postgres is not null;

    /// <value>One line for people: which tiers the cache has.</value>
    public string Cache => (_postgres, _redis) switch
    {
        (null, _) => "none: everything is in memory",
        _ when Services.GetService<CacheStatistics>() is null => "off, as Cache__Enabled says",
        (_, null) => "memory. " + LocalServicesAdvice.InstallRedis,
        (_, { } redis) => "memory, then " + redis.Description,
    };

    /// <summary>Opens the store and brings its schema to this version.</summary>
    /// <remarks>
    /// Every command has the same second tier as a host that is running: what a command changes, the host hears of there.
    /// </remarks>
    /// <param name="dataDirectory">The folder of a private server's data; null for the usual one.</param>
    /// <param name="serves">True for the host itself; other commands start no container just to speak to nobody.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<StoreSession> OpenAsync(string? dataDirectory, bool serves, CancellationToken cancellationToken)
    {
        var loggers = HostLogging.CreateFactory();
        LocalPostgres? postgres = null;
        LocalRedis? redis = null;
        try
        {
            postgres = await LocalPostgres.FindOrStartAsync(
                new LocalServicesOptions { DataDirectory = dataDirectory }, loggers.CreateLogger<LocalPostgres>(), cancellationToken);
            if (postgres is not null)
                redis = await FindRedisAsync(dataDirectory, serves, loggers.CreateLogger<LocalRedis>(), cancellationToken);
            var session = new StoreSession(loggers, postgres, redis);
            if (session.IsDurable)
                await session.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(cancellationToken);
            return session;
        }
        catch
        {
            if (redis is not null)
                await redis.DisposeAsync();
            if (postgres is not null)
                await postgres.DisposeAsync();
            loggers.Dispose();
            throw;
        }
    }

    /// <summary>Runs a command that makes no sense without a database.</summary>
    public static async Task<int> UseAsync(string? dataDirectory, Func<StoreSession, Task<int>> run, CancellationToken cancellationToken)
    {
        await using var session = await OpenAsync(dataDirectory, serves: false, cancellationToken);
        return session.IsDurable ? await run(session) : throw new CommandFailedException(LocalServicesAdvice.InstallPostgres);
    }

    public async ValueTask DisposeAsync()
    {
        // The host first: it has connections open.
        await App.DisposeAsync();
        if (_redis is not null)
            await _redis.DisposeAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        _loggers.Dispose();
    }

    private static async Task<LocalRedis?> FindRedisAsync(string? dataDirectory, bool serves, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            return await LocalRedis.FindOrStartAsync(
                new LocalServicesOptions { DataDirectory = dataDirectory, AllowDocker = serves }, logger, cancellationToken);
        }
        catch (LocalServiceException error)
        {
            // The cache is faster with it and right without it.
            Log.NoRedis(logger, error.Message);
            return null;
        }
    }
}
