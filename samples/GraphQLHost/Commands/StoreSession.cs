using TraceTrack;
using TraceTrack.LocalServices;
using TraceTrack.Postgres;

namespace GraphQLHost.Commands;

/// <summary>The store of one command: what was found or started, and the host built on it. Disposing stops what was started here.</summary>
internal sealed class StoreSession : IAsyncDisposable
{
    private readonly ILoggerFactory _loggers;
    private readonly LocalPostgres? _postgres;

    private StoreSession(ILoggerFactory loggers, LocalPostgres? postgres)
    {
        (_loggers, _postgres) = (loggers, postgres);
        App = HostApplication.Build(new HostSettings { ConnectionString = postgres?.ConnectionString });
    }

    /// <summary>The host, not started.</summary>
    public WebApplication App { get; }

    public IServiceProvider Services => App.Services;

    public ITraceTrack TraceTrack => Services.GetRequiredService<ITraceTrack>();

    /// <value>False when everything is in this process's memory.</value>
    public bool IsDurable => _postgres is not null;

    /// <summary>Opens the store and brings its schema to this version.</summary>
    /// <param name="dataDirectory">The folder of a private server's data; null for the usual one.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<StoreSession> OpenAsync(string? dataDirectory, CancellationToken cancellationToken)
    {
        var loggers = HostLogging.CreateFactory();
        LocalPostgres? postgres = null;
        try
        {
            postgres = await LocalPostgres.FindOrStartAsync(
                new LocalServicesOptions { DataDirectory = dataDirectory }, loggers.CreateLogger<LocalPostgres>(), cancellationToken);
            var session = new StoreSession(loggers, postgres);
            if (session.IsDurable)
                await session.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(cancellationToken);
            return session;
        }
        catch
        {
            if (postgres is not null)
                await postgres.DisposeAsync();
            loggers.Dispose();
            throw;
        }
    }

    /// <summary>Runs a command that makes no sense without a database.</summary>
    public static async Task<int> UseAsync(string? dataDirectory, Func<StoreSession, Task<int>> run, CancellationToken cancellationToken)
    {
        await using var session = await OpenAsync(dataDirectory, cancellationToken);
        return session.IsDurable ? await run(session) : throw new CommandFailedException(LocalServicesAdvice.InstallPostgres);
    }

    public async ValueTask DisposeAsync()
    {
        // The host first: it has connections open.
        await App.DisposeAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        _loggers.Dispose();
    }
}
