using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using TraceTrack.Imports;
using TraceTrack.Users;

namespace TraceTrack.Postgres.Tests.Imports.Crashes;

/// <summary>A store whose imports are interrupted by force, and what must hold when it is started again.</summary>
internal sealed class CrashScene(string connectionString, string schema) : IAsyncDisposable
{
    /// <summary>Enough that each phase takes its time.</summary>
    public const int Rows = 40_000;

    /// <summary>Every index of the bags with what makes it whole, and every table.</summary>
    private const string Shape = """
        SELECT string_agg(line, E'\n' ORDER BY line) FROM (
            SELECT pg_get_indexdef(indexrelid) || indisvalid || indisready AS line FROM pg_index WHERE indrelid = 'tracetrack.bag'::regclass
            UNION ALL SELECT 'table ' || relname FROM pg_class
            WHERE relkind = 'r' AND relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'tracetrack.bag'::regclass)
        ) lines
        """;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString);
    private ServiceProvider? _services;

    public ServiceProvider Services => _services ??= new ServiceCollection().AddLogging().AddTraceTrack()
        .UsePostgres(_source, postgres => postgres.SchemaName = schema).MigrateOnStartup().Services.BuildServiceProvider();

    public IImports Imports => Services.GetRequiredService<ITraceTrack>().As(Actor.System).Imports;

    /// <summary>Starts the application as a host does.</summary>
    public async Task StartAsync()
    {
        foreach (var hosted in Services.GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);
    }

    public Task<string?> ShapeAsync() => ScalarAsync<string>(Shape);

    public static async IAsyncEnumerable<BagRow> RowsAsync(Func<Task>? halfWay = null)
    {
        for (var i = 0; i < Rows; i++)
        {
            if (i == Rows / 2 && halfWay is not null)
                await halfWay();
            yield return i % 100 == 99 ? new("no code!") : i % 31 == 0 ? new($"SB{i + 1000}") : new($"C{i:00000}", $"SB{(i / 31 * 31) + 1000}");
        }
    }

    /// <summary>After a start: all of the import or nothing of it, and nothing else is left behind.</summary>
    public async Task AssertAllOrNothingAsync(ImportOptions options, long before, string? shape)
    {
        var totals = await Services.GetRequiredService<ITraceTrack>().As(Actor.System).Totals.GetAsync();
        var isThere = await ScalarAsync<long>($"SELECT count(*) FROM tracetrack.import WHERE import_key = '{options.ImportId}'") == 1;
        var rejected = await ScalarAsync<long>("SELECT count(*) FROM tracetrack.import_result");
        if (isThere)
            Assert.True((options.DryRun ? totals.Bags == before : totals.Bags > before) && rejected >= Rows / 100);
        else
            Assert.Equal((before, 0L), (totals.Bags, rejected));
        Assert.True((await Services.GetRequiredService<ITraceTrack>().As(Actor.System).Totals.ReconcileAsync()).IsExact);
        Assert.Equal(shape, await ShapeAsync());
    }

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var command = _source.CreateCommand(sql.Replace("tracetrack.", schema + ".", StringComparison.Ordinal));
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        await _source.DisposeAsync();
    }
}
