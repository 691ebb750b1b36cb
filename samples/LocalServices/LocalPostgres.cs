using Microsoft.Extensions.Logging;
using Npgsql;
using Testcontainers.PostgreSql;

namespace TraceTrack.LocalServices;

/// <summary>
/// A PostgreSQL to develop and test with: the one named by <c>TRACETRACK_POSTGRES</c>, else a private server run from the binaries on
/// this computer, else a container. Disposing stops what was started here and keeps the data.
/// </summary>
public sealed class LocalPostgres : IAsyncDisposable
{
    private readonly PrivatePostgres? _private;
    private readonly PostgreSqlContainer? _container;

    private LocalPostgres(string connectionString, LocalServiceOrigin origin, string description)
    {
        ConnectionString = connectionString;
        Origin = origin;
        Description = description;
    }

    private LocalPostgres(PrivatePostgres found)
        : this(found.ConnectionString, LocalServiceOrigin.ServerBinaries, found.Description) => _private = found;

    private LocalPostgres(PostgreSqlContainer container)
        : this(container.GetConnectionString(), LocalServiceOrigin.Docker, $"PostgreSQL in the container {container.Name}") => _container = container;

    /// <value>For Npgsql. Holds a password.</value>
    public string ConnectionString { get; }

    public LocalServiceOrigin Origin { get; }

    /// <value>One line for people, without the password.</value>
    public string Description { get; }

    /// <value>False when it ends without us: it was named by the variable, or another process started it and shares it.</value>
    public bool Owned => _private?.Owned ?? _container is not null;

    /// <value>Where psql and pgbench of the same version are likely to be; null unless it runs from binaries on this computer.</value>
    public string? BinaryFolder => _private?.BinaryFolder;

    /// <value>The server's own log; null unless it runs from binaries on this computer.</value>
    public string? LogFile => _private?.LogFile;

    /// <returns>Null when this computer has none; <see cref="LocalServicesAdvice.InstallPostgres"/> then says what to do.</returns>
    /// <exception cref="LocalServiceException">There is one, but it does not start.</exception>
    public static async Task<LocalPostgres?> FindOrStartAsync(LocalServicesOptions options, ILogger logger, CancellationToken cancellationToken = default)
    {
        var found = FromVariable(options, logger)
            ?? await FromBinariesAsync(options, logger, cancellationToken)
            ?? await FromDockerAsync(options, logger, cancellationToken);
        if (found is not null)
        {
            Log.Ready(logger, "PostgreSQL", found.Description);
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

    private static LocalPostgres? FromVariable(LocalServicesOptions options, ILogger logger)
    {
        const string Variable = LocalServicesOptions.PostgresVariable;
        if (options.Variable(Variable) is not { } value)
        {
            return null;
        }

        NpgsqlConnectionStringBuilder parts;
        try
        {
            parts = new NpgsqlConnectionStringBuilder(value);
        }
        catch (ArgumentException)
        {
#pragma warning disable MA0054 // Npgsql's message may quote the string, and with it the password.
            throw new LocalServiceException(
                $"{Variable} is not a connection string. It has the form Host=...;Port=5432;Username=...;Password=...;Database=...");
#pragma warning restore MA0054
        }

        if (string.IsNullOrWhiteSpace(parts.Host))
        {
            throw new LocalServiceException($"{Variable} names no Host. It has the form Host=...;Port=5432;Username=...;Password=...;Database=...");
        }

        Log.UsingVariable(logger, "PostgreSQL", Variable);
        return new LocalPostgres(value, LocalServiceOrigin.Environment, $"PostgreSQL named by {Variable}: {parts.Host}, database {parts.Database}");
    }

    private static async Task<LocalPostgres?> FromBinariesAsync(LocalServicesOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var candidates = await PostgresBinaries.FindAsync(options, cancellationToken);
        if (candidates.Count == 0)
        {
            return null;
        }

        var user = ServiceUser.Needed ? await ServiceUser.FindAsync("postgres", cancellationToken) : null;
        if (ServiceUser.Needed && user is null)
        {
            Log.Unusable(logger, "PostgreSQL", "it refuses to run as root, and there is no user 'postgres'");
            return null;
        }

        return new LocalPostgres(await PrivatePostgres.OpenAsync(candidates, user, options, logger, cancellationToken));
    }

    // Unverified: nobody has run this path yet.
    private static async Task<LocalPostgres?> FromDockerAsync(LocalServicesOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var container = await Docker.StartAsync("PostgreSQL", () => Container(options), options, logger, cancellationToken);
        return container is null ? null : new LocalPostgres(container);
    }

    private static PostgreSqlContainer Container(LocalServicesOptions options)
    {
        var builder = new PostgreSqlBuilder("postgres:17")
            .WithDatabase("tracetrack")
            .WithUsername(DataFolder.SuperUser)
            .WithCommand("-c", "max_connections=200", "-c", "max_wal_size=4GB", "-c", "shared_buffers=256MB", "-c", "jit=off");

        // A named volume outlives the container, and so do the data.
        return options.Ephemeral ? builder.Build() : builder.WithVolumeMount(ServicePlaces.VolumeName(options), "/var/lib/postgresql/data").Build();
    }
}
