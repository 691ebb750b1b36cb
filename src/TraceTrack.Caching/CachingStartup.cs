using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TraceTrack.Caching;

/// <summary>Tries the second tier before the application serves, after the store has started. When it is not there, the start goes on.</summary>
internal sealed class CachingStartup(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => services.GetRequiredService<StoreCache>().Started.WaitAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
