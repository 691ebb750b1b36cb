using GraphQLHost.Engines;
using GraphQLHost.Live;
using GraphQLHost.Observability;
using GraphQLHost.RateLimits;
using GraphQLHost.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TraceTrack.Caching;

namespace GraphQLHost.Http;

internal static class GraphQLHttpExtensions
{
    /// <summary>Everything between a socket and an engine. The application adds an identity and an engine.</summary>
    public static IServiceCollection AddGraphQLHttp(this IServiceCollection services, Action<GraphQLLimits>? configure = null)
    {
        var limits = new GraphQLLimits();
        configure?.Invoke(limits);
        GraphQLLimitsRules.Check(limits);
        services.TryAddSingleton(limits);
        services.TryAddSingleton<ErrorTranslator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new ObservabilitySettings());
        services.TryAddSingleton(new RateLimitSettings());
        services.TryAddSingleton<HostTelemetry>();
        services.TryAddSingleton<OperationWatch>();
        services.TryAddSingleton<LoginRateLimit>();
        services.AddLive();
        services.TryAddSingleton<LiveTelemetry>();
        services.TryAddSingleton(provider => new RequestWindow(provider.GetRequiredService<TimeProvider>(), () => provider.GetService<CacheStatistics>()?.Read()));
        services.TryAddSingleton<EventParts>();
        services.TryAddSingleton<EventPump>();
        services.TryAddSingleton<EventStreamHandler>();
        services.TryAddSingleton<SocketRateLimit>();
        services.TryAddSingleton<SocketParts>();
        services.TryAddSingleton<SocketHandler>();
        services.TryAddSingleton<GraphQLHandler>();
        return services;
    }

    /// <summary>Serves GraphQL on a path, whatever the method: which ones work is answered there.</summary>
    public static IEndpointConventionBuilder MapGraphQL(this IEndpointRouteBuilder routes, string path)
    {
        // Where there are any, they count from the beginning.
        routes.ServiceProvider.GetService<HostFigures>();
        var handler = routes.ServiceProvider.GetRequiredService<GraphQLHandler>();
        return routes.Map(path, handler.HandleAsync);
    }
}
