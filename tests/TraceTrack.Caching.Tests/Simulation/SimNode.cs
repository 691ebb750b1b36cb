using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Imports;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Caching.Simulation;

/// <summary>One process of the application: a layer, the cache, a layer, and the store that all nodes share.</summary>
internal sealed class SimNode : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    /// <param name="store">The store.</param>
    /// <param name="below">Between cache and store.</param>
    /// <param name="above">Above the cache.</param>
    /// <param name="clock">The application's.</param>
    /// <param name="useCaching">Adds the cache and its second tier.</param>
    public SimNode(SharedStore store, StoreLayer below, StoreLayer above, TimeProvider clock, Action<ITraceTrackBuilder> useCaching)
    {
        var services = new ServiceCollection();
        services.AddSingleton(clock);
        services.AddSingleton(store.Port<IStoreIdentity>());
        services.AddSingleton<IBagStore>(new LayeredBagStore(store.Port<IBagStore>(), below));
        services.AddSingleton<IBillStore>(new LayeredBillStore(store.Port<IBillStore>(), below));
        services.AddSingleton<IScanStore>(new LayeredScanStore(store.Port<IScanStore>(), below));
        services.AddSingleton<IUserStore>(new LayeredUserStore(store.Port<IUserStore>(), below));
        services.AddSingleton<ILoginSessionStore>(new LayeredLoginSessionStore(store.Port<ILoginSessionStore>(), below, store));
        services.AddSingleton<IBagImporter>(new LayeredBagImporter(store.Port<IBagImporter>(), below));
        var traceTrack = services.AddTraceTrack(SharedStore.Rules).UseInMemory();
        useCaching(traceTrack);
        Above<IBagStore>(services, inner => new LayeredBagStore(inner, above));
        Above<IBillStore>(services, inner => new LayeredBillStore(inner, above));
        Above<IScanStore>(services, inner => new LayeredScanStore(inner, above));
        Above<IUserStore>(services, inner => new LayeredUserStore(inner, above));
        Above<ILoginSessionStore>(services, inner => new LayeredLoginSessionStore(inner, above, store));
        Above<IBagImporter>(services, inner => new LayeredBagImporter(inner, above));
        _services = services.BuildServiceProvider();
        Door = _services.GetRequiredService<ITraceTrack>();
    }

    public ITraceTrack Door { get; }

    public StoreCache Cache => _services.GetRequiredService<StoreCache>();

    /// <summary>Asks for everything that was ever there.</summary>
    public async Task ReadAllAsync(SharedStore store)
    {
        await Port<IBagStore>().FindManyAsync(SharedStore.Bags, default);
        await Port<IBillStore>().FindManyAsync(SharedStore.Bills, default);
        foreach (var text in SharedStore.Texts)
        {
            foreach (var area in SharedStore.AreasAndAll)
                await Port<IBagStore>().SearchAsync(text, area, SharedStore.SearchLimit, default);
        }

        foreach (var (key, _) in store.Sessions.OrderBy(static session => session.Value))
            await Port<ILoginSessionStore>().FindAsync(key, default);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private T Port<T>()
        where T : notnull => _services.GetRequiredService<T>();

    private static void Above<T>(ServiceCollection services, Func<T, T> layer)
        where T : class
    {
        var place = services.Count - 1;
        while (services[place].ServiceType != typeof(T) || services[place].IsKeyedService)
            place--;
        var inner = services[place].ImplementationFactory!;
        services[place] = ServiceDescriptor.Singleton(provider => layer((T)inner(provider)));
    }
}
