using GraphQLHost.Bulk;
using GraphQLHost.Engines;
using GraphQLHost.Health;
using GraphQLHost.Http;
using GraphQLHost.Identity;
using GraphQLHost.Live;
using GraphQLHost.Observability;
using GraphQLHost.Page;
using GraphQLHost.RateLimits;
using GraphQLHost.Resolvers;
using GraphQLHost.Server;
using Microsoft.Extensions.Options;
using TraceTrack;
using TraceTrack.Caching;
using TraceTrack.Postgres;

namespace GraphQLHost;

/// <summary>Puts the host together: here, and nowhere else, meet the domain, its store, GraphQL and HTTP.</summary>
public static class HostApplication
{
    public const string GraphQLPath = "/graphql";

    /// <summary>Builds the host. Nothing is opened or started yet.</summary>
    public static WebApplication Build(HostSettings settings)
    {
        // The program's folder, since ./run starts it in whatever folder the user is.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        HostLogging.AddTo(builder);
        settings.Configure?.Invoke(builder);
        if (settings.Urls is { } urls)
            builder.WebHost.UseUrls(urls);
        builder.AddServer(Bound(builder, ServerSettings.ConfigurationSection, new ServerSettings()));
        builder.AddObservability(Bound(builder, ObservabilitySettings.ConfigurationSection, new ObservabilitySettings()));
        builder.Services.AddRateLimits(Bound(builder, RateLimitSettings.ConfigurationSection, new RateLimitSettings()));

        var live = Bound(builder, LiveSettings.ConfigurationSection, new LiveSettings());
        live.Check();
        builder.Services.AddSingleton(live);
        AddStore(builder, settings);
        builder.Services.AddTraceTrackGraphQL(limits => Limit(builder, limits), settings.Identity);
        builder.Services.AddBulkHttp(limits => Bind(builder.Configuration, ImportLimits.ConfigurationSection, limits));

        var app = builder.Build();
        app.Services.CheckIdentity();
        app.UseServer();
        app.UseRateLimits();
        app.UsePage();
        app.UseGraphQLTool(GraphQLPath);
        app.MapHealth();
        app.MapMetrics();
        var limited = app.MapGroup("").RequireRateLimiting(CallerRateLimit.Name);
        limited.MapGraphQL(GraphQLPath);
        limited.MapBulk();
        return app;
    }

    private static void Limit(WebApplicationBuilder builder, GraphQLLimits limits)
    {
        if (builder.Environment.IsDevelopment())
            limits.Introspection = IntrospectionAccess.Everybody;
        Bind(builder.Configuration, GraphQLLimits.ConfigurationSection, limits);
    }

    private static void AddStore(WebApplicationBuilder builder, HostSettings settings)
    {
        var traceTrack = builder.Services.AddTraceTrack(rules => Bind(builder.Configuration, TraceTrackOptions.ConfigurationSection, rules));
        if (settings.Rules is { } rules)
            builder.Services.Configure(rules);
        var health = builder.Services.AddHostHealth();
        if (settings.ConnectionString is not { } connectionString)
        {
            // Its rows are in memory already.
            traceTrack.UseInMemory();
            return;
        }

        traceTrack
            .UsePostgres(connectionString, postgres => Bind(builder.Configuration, PostgresOptions.ConfigurationSection, postgres))
            .MigrateOnStartup();
        health.AddTraceTrackPostgres(timeout: HostHealth.LongestWait);
        if (!Bound(builder, CacheSettings.ConfigurationSection, new CacheSettings()).Enabled)
            return;
        traceTrack.UseCaching(caching => Bind(builder.Configuration, CachingOptions.ConfigurationSection, caching));
        if (settings.RedisConfiguration is not { } redisConfiguration)
            return;
        traceTrack.UseRedis(redisConfiguration, redis => Bind(builder.Configuration, RedisOptions.ConfigurationSection, redis));
        health.AddTraceTrackRedis(timeout: HostHealth.LongestWait);
    }

    private static T Bound<T>(WebApplicationBuilder builder, string section, T options)
        where T : class
    {
        Bind(builder.Configuration, section, options);
        return options;
    }

    private static void Bind(ConfigurationManager configuration, string section, object options)
    {
        try
        {
            configuration.GetSection(section).Bind(options);
        }
        catch (InvalidOperationException error)
        {
            // Text where a number belongs, to be told like a number out of range. The message names place and value.
            throw new OptionsValidationException(section, options.GetType(), [error.Message]);
        }
    }
}
