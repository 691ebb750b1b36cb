using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Testing;

namespace TraceTrack.InMemory;

public sealed class InMemoryFixture : ITrackerFixture
{
    public Task<IServiceProvider> CreateStoreAsync(Action<TraceTrackOptions>? options = null, TimeProvider? clock = null)
    {
        var services = new ServiceCollection();
        if (clock is not null)
            services.AddSingleton(clock);
        services.AddTraceTrack(options).UseInMemory();
        return Task.FromResult<IServiceProvider>(services.BuildServiceProvider(validateScopes: true));
    }
}
