using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TraceTrack.Bags;
using TraceTrack.DemoData;
using TraceTrack.LocalServices;
using TraceTrack.Postgres;
using TraceTrack.Users;

namespace TraceTrack.Benchmarks.Lookup;

/// <summary>A warehouse in PostgreSQL, the library without a cache in front of it, and the codes that are asked for.</summary>
internal sealed class LookupStore : IAsyncDisposable
{
    private const int CodeCount = 20_000;
    private const int OwnBags = 100_000;

    private readonly LocalPostgres? _server;
    private readonly ServiceProvider _services;

    private LookupStore(LocalPostgres? server, string connectionString)
    {
        _server = server;
        _services = new ServiceCollection().AddTraceTrack().UsePostgres(connectionString).Services.BuildServiceProvider();
        // Peers get the pool that the library makes for itself: statements stay prepared, and none is reset between two look-ups.
        var pool = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 100, AutoPrepareMinUsages = 2, NoResetOnClose = true };
        (ConnectionString, Source) = (pool.ConnectionString, NpgsqlDataSource.Create(pool));
        Bags = _services.GetRequiredService<IBagStore>();
        Tracker = _services.GetRequiredService<ITraceTrack>().As(Actor.System);
    }

    /// <summary>A store that is filled already and outlives the benchmarks. Without it each makes its own, with fewer bags.</summary>
    public static (string ConnectionString, DemoWarehouse Warehouse)? Given { get; set; }

    public string ConnectionString { get; }

    public NpgsqlDataSource Source { get; }

    public IBagStore Bags { get; }

    /// <summary>What an application uses: the same, with the access rules and statuses composed.</summary>
    public ITracker Tracker { get; }

    /// <value>In random order: nine children for a parent.</value>
    public QrCode[] Codes { get; private init; } = [];

    public static async Task<LookupStore> OpenAsync()
    {
        if (Given is { } given)
            return new(null, given.ConnectionString) { Codes = Pick(given.Warehouse) };
        var server = await LocalPostgres.FindOrStartAsync(new() { Name = "bench-lookup", Ephemeral = true }, NullLogger.Instance)
            ?? throw new InvalidOperationException("No PostgreSQL to measure. " + LocalServicesAdvice.InstallPostgres);
        var warehouse = new DemoWarehouse(OwnBags);
        var store = new LookupStore(server, server.ConnectionString) { Codes = Pick(warehouse) };
        await store._services.GetRequiredService<SchemaMigrator>().MigrateAsync();
        await store.Tracker.Imports.ImportAsync(warehouse.RowsAsync(), new());
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Source.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private static QrCode[] Pick(DemoWarehouse warehouse)
    {
        var random = new Random(1);
        var codes = new HashSet<QrCode>();
        while (codes.Count < CodeCount)
        {
            codes.Add(codes.Count % 10 == 0
                ? DemoWarehouse.Parent(random.Next(warehouse.Parents))
                : DemoWarehouse.Child(random.Next(warehouse.Children)));
        }

        var picked = codes.ToArray();
        random.Shuffle(picked);
        return picked;
    }
}
