using GraphQLHost.Health;
using GraphQLHost.Http;
using GraphQLHost.Resolvers;
using Microsoft.Extensions.Options;
using TraceTrack;
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
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));

        AddStore(builder, settings);
        builder.Services.AddTraceTrackGraphQL();

        var app = builder.Build();
        app.MapHealth();
        app.MapGraphQL(GraphQLPath);
        return app;
    }

    private static void AddStore(WebApplicationBuilder builder, HostSettings settings)
    {
        var traceTrack = builder.Services.AddTraceTrack(rules => Bind(builder.Configuration, TraceTrackOptions.ConfigurationSection, rules));
        if (settings.Rules is { } rules)
            builder.Services.Configure(rules);
        var health = builder.Services.AddHostHealth();
        if (settings.ConnectionString is null)
        {
            traceTrack.UseInMemory();
            return;
        }

        traceTrack
            .UsePostgres(settings.ConnectionString, postgres => Bind(builder.Configuration, PostgresOptions.ConfigurationSection, postgres))
            .MigrateOnStartup();
        health.AddTraceTrackPostgres(timeout: HostHealth.LongestWait);
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
