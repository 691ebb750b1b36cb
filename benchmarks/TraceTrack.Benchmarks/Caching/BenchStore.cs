using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Exports;
using TraceTrack.History;
using TraceTrack.Imports;
using TraceTrack.Scans;
using TraceTrack.Totals;
using TraceTrack.Users;

namespace TraceTrack.Benchmarks.Caching;

/// <summary>
/// A store in this process's memory that several nodes share, as they would a database: what is measured is the cache in front of it. It
/// counts what reaches it.
/// </summary>
internal sealed class BenchStore : IAsyncDisposable
{
    private const int PerParent = 30;

    private readonly ServiceProvider _services;

    private BenchStore(ServiceProvider services)
    {
        _services = services;
        Bags = new(services.GetRequiredService<IBagStore>());
    }

    public CountingBagStore Bags { get; }

    /// <value>Of the children, in random order. None of the texts is the very string that a cache keeps, since a request brings its own.</value>
    public QrCode[] Codes { get; private set; } = [];

    /// <summary>Children in full parents, so that a bag has the texts and times of a real one.</summary>
    public static async Task<BenchStore> FillAsync(int children)
    {
        var services = new ServiceCollection();
        services.AddTraceTrack().UseInMemory();
        var store = new BenchStore(services.BuildServiceProvider());
        var report = await store._services.GetRequiredService<ITraceTrack>().As(Actor.System).Imports.ImportAsync(RowsAsync(children), new());
        if (report.Children != children)
            throw new InvalidOperationException($"{report.Children} bags were imported, {children} expected.");
        store.Codes = [.. Enumerable.Range(0, children).Select(number => QrCode.Parse(Child(number)))];
        new Random(1).Shuffle(store.Codes);
        return store;
    }

    /// <summary>Stands for UsePostgres on a database that others use too.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<IBagStore>(Bags);
        Share<IStoreIdentity>();
        Share<IBillStore>();
        Share<IScanStore>();
        Share<IHistoryStore>();
        Share<IUserStore>();
        Share<ILoginSessionStore>();
        Share<ITotalsStore>();
        Share<IBagImporter>();
        Share<IBagExporter>();

        void Share<T>()
            where T : class => services.AddSingleton(_services.GetRequiredService<T>());
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    public static string Child(int number) => $"CB{10_000_000 + number}";

    private static string Parent(int number) => $"SB{1_000_000 + number}";

    private static async IAsyncEnumerable<BagRow> RowsAsync(int children)
    {
        await Task.CompletedTask;
        for (var i = 0; i < children; i += PerParent)
            yield return new(Parent(i / PerParent));
        for (var i = 0; i < children; i++)
            yield return new(Child(i), Parent(i / PerParent));
    }
}
