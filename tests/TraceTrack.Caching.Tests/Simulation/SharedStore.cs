using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Caching.Simulation;

/// <summary>The one store in memory that all nodes share, with few keys, so that everybody meets on them.</summary>
internal sealed class SharedStore : IAsyncDisposable
{
    public const int SearchLimit = 20;

    public static readonly QrCode[] Bags =
        [.. new[] { "SB1", "SB2", "SB3", "CB1", "CB2", "CB3", "CB4", "CB5" }.Select(QrCode.Parse)];

    public static readonly QrCode[] Parents = Bags[..3];

    public static readonly BillNumber[] Bills = [.. new[] { "B-1", "B-2", "B-3" }.Select(BillNumber.Parse)];

    public static readonly string[] Texts = ["SB", "CB"];

    public static readonly string[] Areas = ["NORTH", "SOUTH"];

    /// <summary>As searches name them.</summary>
    public static readonly string?[] AreasAndAll = [null, .. Areas];

    private static readonly string[] BagNames = Array.ConvertAll(Bags, Names.Of);

    private static readonly string[] BillNames = Array.ConvertAll(Bills, Names.Of);

    private readonly ServiceProvider _services;
    private readonly IBagStore _bags;
    private readonly IBillStore _bills;
    private readonly ILoginSessionStore _sessions;

    public SharedStore(TimeProvider clock)
    {
        var services = new ServiceCollection();
        services.AddSingleton(clock);
        services.AddTraceTrack(Rules).UseInMemory();
        _services = services.BuildServiceProvider();
        (_bags, _bills, _sessions) = (Port<IBagStore>(), Port<IBillStore>(), Port<ILoginSessionStore>());
    }

    /// <summary>Keys of all sessions that were ever begun, in order.</summary>
    public ConcurrentDictionary<string, int> Sessions { get; } = new(StringComparer.Ordinal);

    public List<string> Users { get; } = [];

    public static void Rules(TraceTrackOptions options)
    {
        options.ParentCapacity = 3;
        options.AllowIncompleteParents = true;
        options.LoginSessionLifetime = TimeSpan.FromMinutes(5);
        options.LoginSessionRenewal = TimeSpan.FromSeconds(20);
    }

    public static string? ValueOf(LoginSession? session) => session is null ? null : $"{session.User.Id} {session.User.Role} {session.User.Area}";

    public T Port<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Some bags, bills and users, so that nobody begins with nothing.</summary>
    public async Task SeedAsync()
    {
        var system = Port<ITraceTrack>().As(Actor.System);
        foreach (var qr in Bags.Take(6))
            await system.Scans.RecordAsync(RecordScan.Observe(ScanId.New(), qr));
        await system.Scans.RecordAsync(RecordScan.Link(ScanId.New(), Bags[3], Bags[0]));
        await system.Bills.CreateAsync(new(Bills[0], 3));
        foreach (var name in new[] { "ada", "ben" })
            Users.Add((await system.Users.CreateAsync(new(name, UserRole.Dispatcher, Areas[0], "hash"))).Id);
    }

    /// <summary>All that there is.</summary>
    public IEnumerable<(string Key, object? Value)> Look()
    {
        for (var i = 0; i < Bags.Length; i++)
            yield return (BagNames[i], Now(_bags.FindAsync(Bags[i], default)));
        for (var i = 0; i < Bills.Length; i++)
            yield return (BillNames[i], Now(_bills.FindAsync(Bills[i], default)));
        foreach (var text in Texts)
        {
            foreach (var area in AreasAndAll)
                yield return (Names.OfSearch(text, area, SearchLimit), Names.Codes(Now(_bags.SearchAsync(text, area, SearchLimit, default))));
        }

        foreach (var parent in Parents)
            yield return (Names.OfChildren(parent), Names.Codes(Now(_bags.ChildrenOfAsync([parent], default)).Select(child => child.Qr)));

        foreach (var (key, _) in Sessions.ToArray().OrderBy(static session => session.Value))
            yield return (Names.OfSession(key), ValueOf(Now(_sessions.FindAsync(key, default))));
    }

    /// <summary>In memory everything is done when it returns.</summary>
    public static T Now<T>(ValueTask<T> done)
    {
        Assert.True(done.IsCompleted, "The store in memory does not wait.");
        return done.GetAwaiter().GetResult();
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
