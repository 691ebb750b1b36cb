using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace TraceTrack.Postgres.Tests.Connections;

public sealed class PoolTests(PostgresServer server)
{
    [Fact]
    public async Task The_pool_has_the_size_of_the_options_by_default()
    {
        var warnings = new Warnings();
        await using var source = await DataSourceFactory.CreateAsync(server.ConnectionString, new(), warnings, TestContext.Current.CancellationToken);
        var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        Assert.Equal((10, 30), (settings.MinPoolSize, settings.MaxPoolSize));
        Assert.Empty(warnings.Messages);
    }

    [Fact]
    public async Task The_pool_never_takes_the_servers_last_ten_connections_and_says_so_once()
    {
        var max = int.Parse((await server.ScalarAsync<string>("SHOW max_connections"))!, System.Globalization.CultureInfo.InvariantCulture);
        var warnings = new Warnings();
        await using var source = await DataSourceFactory.CreateAsync(
            server.ConnectionString, new PostgresOptions { MaxPoolSize = max + 1 }, warnings, TestContext.Current.CancellationToken);
        Assert.Equal(max - 10, new NpgsqlConnectionStringBuilder(source.ConnectionString).MaxPoolSize);
        Assert.Contains("max_connections", Assert.Single(warnings.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sizes_in_the_connection_string_win()
    {
        var text = new NpgsqlConnectionStringBuilder(server.ConnectionString) { MaxPoolSize = 7, MinPoolSize = 3 }.ConnectionString;
        await using var source = await DataSourceFactory.CreateAsync(text, new(), NullLogger.Instance, TestContext.Current.CancellationToken);
        var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        Assert.Equal((3, 7), (settings.MinPoolSize, settings.MaxPoolSize));
    }

    [Fact]
    public async Task Warming_opens_the_base_connections_before_they_are_needed()
    {
        var name = "warm" + PostgresServer.NewSchema();
        var text = new NpgsqlConnectionStringBuilder(server.ConnectionString) { ApplicationName = name, MinPoolSize = 12, MaxPoolSize = 20 }.ConnectionString;
        using var meter = new TraceTrackMeter(null);
        await using var database = new Database(
            new(text, null), Microsoft.Extensions.Options.Options.Create(new PostgresOptions()), NullLogger<Database>.Instance, new(meter));
        await database.WarmAsync(TestContext.Current.CancellationToken);
        Assert.Equal(12, await server.ScalarAsync<long>($"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{name}'"));
    }

    private sealed class Warnings : ILogger
    {
        public List<string> Messages { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Warning)
                Messages.Add(formatter(state, exception));
        }
    }
}
