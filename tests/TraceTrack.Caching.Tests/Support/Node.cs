using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TraceTrack.Testing;

namespace TraceTrack.Caching;

/// <summary>One process of an application, as far as a test can have several: its own services, memory and connections.</summary>
public sealed class Node : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private Node(ServiceProvider services)
    {
        _services = services;
        Warehouse = new(services);
    }

    public Warehouse Warehouse { get; }

    public IServiceProvider Services => _services;

    internal StoreCache Cache => _services.GetRequiredService<StoreCache>();

    /// <summary>Builds and starts one, as a host would.</summary>
    public static async Task<Node> StartAsync(Action<ITraceTrackBuilder> use, Action<TraceTrackOptions>? options = null, TimeProvider? clock = null)
    {
        var services = new ServiceCollection();
        if (clock is not null)
            services.AddSingleton(clock);
        use(services.AddTraceTrack(options));
        var provider = services.BuildServiceProvider(validateScopes: true);
        foreach (var hosted in provider.GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);
        return new(provider);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
