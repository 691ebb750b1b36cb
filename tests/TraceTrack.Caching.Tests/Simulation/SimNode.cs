using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
        _ = _services.GetRequiredService<StoreCache>();
    }

    public ITraceTrack Door { get; }

    /// <summary>As a host does.</summary>
    public async Task StartAsync()
    {
        foreach (var hosted in _services.GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);
    }

    /// <summary>Asks for everything that was ever there.</summary>
    public async Task<List<(string Key, object? Value)>> ReadAllAsync(SharedStore store)
    {
        var all = new List<(string Key, object? Value)>();
        var bags = await Port<IBagStore>().FindManyAsync(SharedStore.Bags, default);
        all.AddRange(SharedStore.Bags.Select((qr, i) => (Names.Of(qr), (object?)bags[i])));
        var bills = await Port<IBillStore>().FindManyAsync(SharedStore.Bills, default);
        all.AddRange(SharedStore.Bills.Select((number, i) => (Names.Of(number), (object?)bills[i])));
        foreach (var (text, area) in SharedStore.Texts.SelectMany(text => SharedStore.AreasAndAll.Select(area => (text, area))))
        {
            var codes = await Port<IBagStore>().SearchAsync(text, area, SharedStore.SearchLimit, default);
            all.Add((Names.OfSearch(text, area, SharedStore.SearchLimit), Names.Codes(codes)));
        }

        foreach (var parent in SharedStore.Parents)
            all.Add((Names.OfChildren(parent), Names.Codes((await Port<IBagStore>().ChildrenOfAsync([parent], default)).Select(child => child.Qr))));
        foreach (var (key, _) in store.Sessions.ToArray().OrderBy(static session => session.Value))
            all.Add((Names.OfSession(key), SharedStore.ValueOf(await Port<ILoginSessionStore>().FindAsync(key, default))));
        return all;
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
