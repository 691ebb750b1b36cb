using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GraphQLHost.Live;

internal static class LiveExtensions
{
    /// <summary>What subscriptions need beside an engine and HTTP. Settings of the application's own are added before.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.TryAddSingleton(new LiveSettings());
        services.TryAddSingleton<LiveEnd>();
        services.TryAddSingleton<FeedBell>();
        services.TryAddSingleton<StreamPlaces>();
        services.TryAddSingleton<SharedTick>();
        return services;
    }
}
