using GraphQLHost;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.DemoData;
using TraceTrack.Imports;
using TraceTrack.Paging;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Console.Tests.Support;

/// <summary>The host as people reach it: a real server on a free port, in memory unless a database is named, with one person of each role.</summary>
internal sealed class ConsoleHost : IAsyncDisposable
{
    public const string Password = "correct horse battery";
    public const string Admin = "ada";
    public const string Biller = "bill";
    public const string Dispatcher = "dora";

    private readonly WebApplication _app;

    private ConsoleHost(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    private ITracker Tracker => _app.Services.GetRequiredService<ITraceTrack>().As(Actor.System);

    public static async Task<ConsoleHost> StartAsync(string? connectionString = null)
    {
        var app = HostApplication.Build(new HostSettings { ConnectionString = connectionString, Urls = "http://127.0.0.1:0", Configure = Configure });
        await app.StartAsync();
        var host = new ConsoleHost(app);
        var hasher = app.Services.GetRequiredService<IPasswordHasher<User>>();
        foreach (var (name, role, area) in new[] { (Admin, UserRole.Admin, null), (Biller, UserRole.Biller, null), (Dispatcher, UserRole.Dispatcher, "NORTH") })
            await host.Tracker.Users.CreateAsync(new(name, role, area, hasher.HashPassword(null!, Password)));
        return host;
    }

    /// <summary>Parents with all their children, SB1 with CB101 … and so on.</summary>
    public async Task ImportParentsAsync(int parents, int children = TraceTrackOptions.DefaultParentCapacity) =>
        await Tracker.Imports.ImportAsync(
            Enumerable.Range(1, parents).SelectMany(parent => Enumerable.Range(1, children)
                .Select(child => new BagRow($"CB{(parent * 100) + child}", $"SB{parent}"))
                .Prepend(new BagRow($"SB{parent}"))).ToAsyncEnumerable(),
            new());

    /// <summary>A warehouse as ./run fills it in, in small.</summary>
    public Task FillAsync() =>
        DemoStore.FillAsync(_app.Services.GetRequiredService<ITraceTrack>(), new() { Bags = 8_000, PasswordHash = "of nobody" }, progress: null, CancellationToken.None);

    public Task CreateBillAsync(string number, int capacity) => Tracker.Bills.CreateAsync(new(BillNumber.Parse(number), capacity)).AsTask();

    public Task LoadAsync(string parent, string bill) =>
        Tracker.Scans.RecordAsync(RecordScan.Load(ScanId.New(), QrCode.Parse(parent), BillNumber.Parse(bill))).AsTask();

    public Task ResizeBillAsync(string number, int capacity) => Tracker.Bills.ResizeAsync(BillNumber.Parse(number), capacity).AsTask();

    public async Task<IReadOnlyList<Scan>> ScansAsync() => (await Tracker.Scans.ListAsync(new(), PageRequest.First(200))).Items;

    public async Task EndSessionsAsync(string user) =>
        await Tracker.Users.EndSessionsAsync((await Tracker.Users.FindByNameAsync(user))!.Id);

    public ValueTask<Bag?> BagAsync(string qr) => Tracker.Bags.FindAsync(QrCode.Parse(qr));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Configure(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        // These tests prove nothing about hashing.
        builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = 100);
    }
}
