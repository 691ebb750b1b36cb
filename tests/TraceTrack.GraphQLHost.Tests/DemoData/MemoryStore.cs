using Microsoft.Extensions.DependencyInjection;

namespace TraceTrack.GraphQLHost.Tests.DemoData;

internal static class MemoryStore
{
    public static ServiceProvider Create() => new ServiceCollection().AddTraceTrack().UseInMemory().Services.BuildServiceProvider();

    public static ITraceTrack Door(this IServiceProvider services) => services.GetRequiredService<ITraceTrack>();
}
