using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Polly;

namespace TraceTrack.Postgres;

/// <summary>The stores' way to PostgreSQL: one pool, one schema, and the rules for trying again.</summary>
internal sealed class Database : IAsyncDisposable
{
    private const int MaxStale = 9;

    private readonly DataSourceSettings _settings;
    private readonly PostgresOptions _options;
    private readonly ILogger<Database> _logger;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private NpgsqlDataSource? _source;

    public Database(DataSourceSettings settings, IOptions<PostgresOptions> options, ILogger<Database> logger, PostgresMeter meter)
    {
        (_settings, _options, _logger) = (settings, options.Value, logger);
        _source = settings.OwnSource;
        Schema = new(_options.SchemaName);
        Meter = meter;
        Repeatable = Retries.Pipeline(_options.MaxRetries, Retries.IsTransient, logger, meter);
        RolledBack = Retries.Pipeline(_options.MaxRetries, Retries.IsRolledBack, logger, meter);
    }

    public SchemaName Schema { get; }

    public PostgresMeter Meter { get; }

    /// <summary>For reads, and for writes that carry their own identity: any transient fault is tried again.</summary>
    public ResiliencePipeline Repeatable { get; }

    /// <summary>For other writes: tried again only when the server says it rolled back.</summary>
    public ResiliencePipeline RolledBack { get; }

    public string Sql(string sql) => Schema.Sql(sql);

    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var source = _source ?? await MakeSourceAsync(cancellationToken).ConfigureAwait(false);
        return await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs work on a connection of the pool, tries it again as the pipeline says, and turns what it means into a typed error.</summary>
    public async ValueTask<T> RunAsync<T, TState>(
        ResiliencePipeline pipeline, TState state, Func<NpgsqlConnection, TState, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await pipeline.ExecuteAsync(
                static async (args, token) =>
                {
                    var connection = await args.Database.OpenAsync(token).ConfigureAwait(false);
                    await using var _ = connection.ConfigureAwait(false);
                    try
                    {
                        return await args.Work(connection, args.State, token).ConfigureAwait(false);
                    }
                    catch (Exception error) when (error is NpgsqlException or OperationCanceledException)
                    {
                        await connection.RecoverAsync().ConfigureAwait(false);
                        throw;
                    }
                },
                (Database: this, Work: work, State: state),
                cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedColumn)
        {
            throw new TraceTrackException(ErrorCodes.SchemaMismatch,
                $"The schema {Schema.Name} lacks what this version of TraceTrack needs. Migrate first: MigrateOnStartup(), or SchemaMigrator.", error);
        }
        catch (Exception error) when (error is StaleLocksException
            or PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected })
        {
            throw new ConflictException(ErrorCodes.StoreBusy, "The rows are locked by an import or by other work; try again later.");
        }
    }

    /// <summary>
    /// Runs work that locks rows, and begins it anew at once when they turn out stale. Each attempt waits for those in its way, who go on, so
    /// there is nothing to gain from a pause; many attempts, since under a crowd that moves the same bags one alone may well come late.
    /// </summary>
    /// <param name="state">Handed to the work.</param>
    /// <param name="work">The work, told how many attempts were made before. It has rolled back when it throws <see cref="StaleLocksException"/>.</param>
    public async ValueTask<T> WhileStaleAsync<T, TState>(TState state, Func<TState, int, ValueTask<T>> work)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await work(state, attempt).ConfigureAwait(false);
            }
            catch (StaleLocksException error) when (attempt < MaxStale)
            {
                Meter.TryingAgain(error);
            }
        }
    }

    /// <summary>Reads all rows of one statement; tried again after any transient fault.</summary>
    public ValueTask<List<T>> ReadAsync<T>(string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        RunAsync(
            Repeatable,
            (Sql: Sql(sql), parameters, read),
            static async (connection, args, token) =>
            {
                // Clones, since a parameter belongs to one command and the work may run again.
                var command = connection.Command(args.Sql, Array.ConvertAll(args.parameters, parameter => parameter.Clone()));
                await using var _ = command.ConfigureAwait(false);
                return await command.ReadAllAsync(args.read, token).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>Opens the base connections together, so that the first users do not wait for them.</summary>
    public async Task WarmAsync(CancellationToken cancellationToken)
    {
        var source = _source ?? await MakeSourceAsync(cancellationToken).ConfigureAwait(false);
        if (_settings.OwnSource is not null)
            return;
        var count = new NpgsqlConnectionStringBuilder(source.ConnectionString).MinPoolSize;
        var connections = await Task.WhenAll(
            Enumerable.Range(0, count).Select(_ => source.OpenConnectionAsync(cancellationToken).AsTask())).ConfigureAwait(false);
        foreach (var connection in connections)
            await connection.DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _opening.Dispose();
        // The application's own data source is the application's to dispose.
        if (_settings.OwnSource is null && _source is not null)
            await _source.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<NpgsqlDataSource> MakeSourceAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _source ??= await DataSourceFactory
                .CreateAsync(_settings.ConnectionString!, _options, _logger, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }
}

/// <summary>What UsePostgres was given: a connection string, or the application's own data source.</summary>
internal sealed record DataSourceSettings(string? ConnectionString, NpgsqlDataSource? OwnSource);
