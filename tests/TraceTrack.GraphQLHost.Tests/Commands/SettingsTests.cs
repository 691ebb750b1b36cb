using GraphQLHost;
using GraphQLHost.Commands;
using GraphQLHost.Engines;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TraceTrack.Caching;
using TraceTrack.Postgres;

namespace TraceTrack.GraphQLHost.Tests.Commands;

public sealed class SettingsTests
{
    [Fact]
    public async Task The_rules_of_the_warehouse_come_from_the_configuration()
    {
        await using var app = Build(("TraceTrack:ParentCapacity", "12"), ("TraceTrack:ReplayWindow", "02:00:00"), ("TraceTrack:Postgres:SchemaName", "other"));
        var rules = app.Services.GetRequiredService<IOptions<TraceTrackOptions>>().Value;
        Assert.Equal((12, TimeSpan.FromHours(2)), (rules.ParentCapacity, rules.ReplayWindow));
        Assert.Equal("other", app.Services.GetRequiredService<IOptions<PostgresOptions>>().Value.SchemaName);
    }

    [Theory]
    [InlineData("TraceTrack:ParentCapacity", "0", "TraceTrackOptions.ParentCapacity is 0; it must be 1 to 1,000 (configuration: TraceTrack:ParentCapacity).")]
    [InlineData("TraceTrack:ParentCapacity", "many", "Failed to convert configuration value 'many' at 'TraceTrack:ParentCapacity' to type 'System.Int32'.")]
    [InlineData("Import:MaxBytes", "0", "ImportLimits.MaxBytes is 0; it must be 1 or more (configuration: Import:MaxBytes).")]
    [InlineData("TraceTrack:Postgres:MaxRetries", "99", "PostgresOptions.MaxRetries is 99; it must be 0 to 10 (configuration: TraceTrack:Postgres:MaxRetries).")]
    [InlineData("GraphQL:MaxDepth", "0", "GraphQLLimits.MaxDepth is 0; it must be 1 or more (configuration: GraphQL:MaxDepth).")]
    [InlineData("Server:Backlog", "0", "ServerSettings.Backlog is 0; it must be 1 to 2,147,483,647 (configuration: Server:Backlog).")]
    [InlineData("Server:CorsOrigins:0", "https://a.example/page", "ServerSettings.CorsOrigins is https://a.example/page; each must be * or an origin such as https://scan.example.com, without a path (configuration: Server:CorsOrigins).")]
    [InlineData("Server:DrainTimeout", "-00:00:01", "ServerSettings.DrainTimeout is -00:00:01; it must be 00:00:00 to 1.00:00:00 (configuration: Server:DrainTimeout).")]
    [InlineData("RateLimits:LoginsPerMinute", "-1", "RateLimitSettings.LoginsPerMinute is -1; it must be 0 to 2,147,483,647 (configuration: RateLimits:LoginsPerMinute).")]
    [InlineData("Observability:Metrics", "7", "ObservabilitySettings.Metrics is 7; it must be one of Loopback, Admins, Everybody, Nobody (configuration: Observability:Metrics).")]
    public async Task A_wrong_setting_stops_the_start_before_anything_is_opened(string key, string value, string message)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(async () =>
        {
            await using var app = Build((key, value));
            await app.StartAsync(TestContext.Current.CancellationToken);
        });
        Assert.Equal(message, Assert.Single(error.Failures));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task Caches_can_be_turned_off(string enabled, bool caches)
    {
        await using var app = Build(("Cache:Enabled", enabled));
        Assert.Equal(caches, app.Services.GetService<CacheStatistics>() is not null);
    }

    [Fact]
    public void A_limit_that_makes_no_sense_is_named()
    {
        var error = Assert.Throws<OptionsValidationException>(
            () => GraphQLLimitsRules.Check(new() { MaxDepth = 0, CachedDocuments = -1, Timeout = TimeSpan.Zero }));
        Assert.Equal(
            [
                "GraphQLLimits.MaxDepth is 0; it must be 1 or more (configuration: GraphQL:MaxDepth).",
                "GraphQLLimits.CachedDocuments is -1; it must be 0 or more (configuration: GraphQL:CachedDocuments).",
                "GraphQLLimits.Timeout is 00:00:00; it must be above zero and below 24 days (configuration: GraphQL:Timeout).",
            ],
            error.Failures);
        GraphQLLimitsRules.Check(new());
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://*:80", true)]
    [InlineData("8080", false)]
    [InlineData("localhost:8080", false)]
    public void An_address_needs_a_scheme_and_a_host(string address, bool valid) => Assert.Equal(valid, ListenAddress.IsValid(address));

    private static WebApplication Build(params (string Key, string Value)[] settings) => HostApplication.Build(new HostSettings
    {
        ConnectionString = "Host=none",
        Urls = "http://127.0.0.1:0",
        Configure = builder => builder.Configuration.AddInMemoryCollection(settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value)),
    });
}
