using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TraceTrack.DemoData;
using TraceTrack.LocalServices;

namespace TraceTrack.LoadTest.Host;

/// <summary>PostgreSQL, Redis, and a filled database that each subject gets a copy of.</summary>
internal sealed class HostStage : IAsyncDisposable
{
    private readonly Delivery _delivery;

    private readonly LocalPostgres _postgres;
    private readonly LocalRedis? _redis;
    private readonly ConnectionMultiplexer? _redisAdmin;
    private BenchDatabase? _template;

    private HostStage(LocalPostgres postgres, LocalRedis? redis, ConnectionMultiplexer? redisAdmin, int bags, int delivered)
    {
        (_postgres, _redis, _redisAdmin) = (postgres, redis, redisAdmin);
        Warehouse = new(bags);
        _delivery = new(delivered);
    }

    public DemoWarehouse Warehouse { get; }

    /// <summary>Of every user.</summary>
    public string Password { get; } = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 20);

    /// <summary>The process all of PostgreSQL's come from, where it can be seen.</summary>
    public int? PostgresProcess { get; private set; }

    public int? RedisProcess { get; private set; }

    public string Description => $"{_postgres.Description}; {_redis?.Description ?? "no Redis"}";

    /// <returns>Null without a PostgreSQL.</returns>
    public static async Task<HostStage?> OpenAsync(int bags, int delivered, CancellationToken cancellation)
    {
        var options = new LocalServicesOptions { Name = "bench", Ephemeral = true };
        var postgres = await LocalPostgres.FindOrStartAsync(options, NullLogger.Instance, cancellation);
        if (postgres is null)
            return null;
        var redis = await LocalRedis.FindOrStartAsync(options, NullLogger.Instance, cancellation);
        var admin = redis is null ? null : await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString + ",allowAdmin=true");
        var stage = new HostStage(postgres, redis, admin, bags, delivered);
        try
        {
            await stage.FillAsync(cancellation);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>A server on a copy of the database, with nothing in Redis and nobody logged in.</summary>
    public async Task<RunningSubject> StartAsync(Subject subject, CancellationToken cancellation)
    {
        if (_redisAdmin is { } admin)
            await admin.GetServers()[0].FlushAllDatabasesAsync();
        var database = await _template!.CopyAsync(cancellation);
        try
        {
            await database.ExecuteAsync("CHECKPOINT", cancellation);
            var server = await MeasuredServer.StartAsync(
                subject.Dll, subject.Arguments, subject.Environment(database.ConnectionString, _redis?.ConnectionString, Password), say: null, cancellation);
            var crowd = new Crowd(new(server.Address, subject.IsHost), Warehouse, Password);
            await crowd.LookAroundAsync(database, cancellation);
            var scans = await database.ScalarAsync<long>("SELECT count(*) FROM tracetrack.scan", cancellation);
            return new(subject, this, server, database, crowd, scans);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_template is not null)
            await _template.DisposeAsync();
        if (_redisAdmin is not null)
            await _redisAdmin.DisposeAsync();
        if (_redis is not null)
            await _redis.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    /// <summary>The host fills the store as it does for everybody; then a delivery comes in.</summary>
    private async Task FillAsync(CancellationToken cancellation)
    {
        PostgresProcess = await FindPostgresAsync(cancellation);
        RedisProcess = _redisAdmin is { } admin ? ProcessOf(await admin.GetServers()[0].InfoAsync("server")) : null;
        _template = await BenchDatabase.CreateAsync(_postgres.ConnectionString, cancellation);
        var filling = Subject.TraceTrack with { Arguments = ["--bags", Warehouse.Bags.ToString(CultureInfo.InvariantCulture)] };
        await using (await MeasuredServer.StartAsync(
            filling.Dll, filling.Arguments, filling.Environment(_template.ConnectionString, _redis?.ConnectionString, Password), Work.Say, cancellation))
        {
        }

        var report = await _template.Tracker.Imports.ImportAsync(_delivery.RowsAsync(), new(), cancellationToken: cancellation);
        Work.Check(report.Parents + report.Children, _delivery.Parents + _delivery.Children, "delivered bags");
        await _template.ExecuteAsync("VACUUM (ANALYZE)", cancellation);
    }

    private async Task<int?> FindPostgresAsync(CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux() || _postgres.BinaryFolder is null)
            return null;
        await using var source = Npgsql.NpgsqlDataSource.Create(_postgres.ConnectionString);
        await using var command = source.CreateCommand("SELECT pg_backend_pid()");
        return Usage.ParentOf((int)(await command.ExecuteScalarAsync(cancellation))!);
    }

    private static int? ProcessOf(IGrouping<string, KeyValuePair<string, string>>[] info) =>
        info.SelectMany(section => section).FirstOrDefault(line => line.Key == "process_id").Value is { } id
            ? int.Parse(id, CultureInfo.InvariantCulture)
            : null;
}
