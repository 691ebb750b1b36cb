using GraphQLHost.Http;
using GraphQLHost.Identity;
using GraphQLHost.Resolvers;
using TraceTrack;

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

        AddStore(builder.Services.AddTraceTrack(settings.Rules), settings);
        builder.Services.AddTraceTrackGraphQL(identity: settings.Identity);

        var app = builder.Build();
        app.Services.CheckIdentity();
        app.MapHealth();
        app.MapGraphQL(GraphQLPath);
        return app;
    }

    private static void AddStore(ITraceTrackBuilder traceTrack, HostSettings settings)
    {
        if (settings.ConnectionString is not { } connectionString)
        {
            // Its rows are in memory already.
            traceTrack.UseInMemory();
            return;
        }

        traceTrack.UsePostgres(connectionString).MigrateOnStartup().UseCaching();
        if (settings.RedisConfiguration is { } redis)
            traceTrack.UseRedis(redis);
    }
}
