using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TraceTrack;
using TraceTrack.Bags;
using TraceTrack.Diagnostics;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers TraceTrack.</summary>
public static class TraceTrackServiceCollectionExtensions
{
    /// <summary>Registers <see cref="ITraceTrack"/>; a store must follow, such as <c>UsePostgres</c> or <c>UseInMemory</c>. No I/O happens here.</summary>
    /// <example>
    /// Settings from the configuration, also <c>TraceTrack__ParentCapacity=20</c> in the environment; the binding source generator
    /// (<c>EnableConfigurationBindingGenerator</c>) makes it fit for native AOT:
    /// <code>services.AddTraceTrack(o => configuration.GetSection(TraceTrackOptions.ConfigurationSection).Bind(o));</code>
    /// </example>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets the warehouse's rules; they are checked when the host starts.</param>
    /// <returns>The builder that stores extend.</returns>
    public static ITraceTrackBuilder AddTraceTrack(this IServiceCollection services, Action<TraceTrackOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<TraceTrackOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TraceTrackOptions>, TraceTrackOptionsValidator>());
        services.TryAddSingleton(typeof(ILogger<>), typeof(FallbackLogger<>));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new BagKindRule(provider.GetRequiredService<IOptions<TraceTrackOptions>>().Value));
        services.TryAddSingleton(provider => new TraceTrackMeter(provider.GetService<IMeterFactory>()));
        services.TryAddSingleton<Telemetry>();
        services.TryAddSingleton<ITraceTrack, TraceTrackDoor>();
        return new Builder(services);
    }

    private sealed class Builder(IServiceCollection services) : ITraceTrackBuilder
    {
        public IServiceCollection Services => services;
    }
}
