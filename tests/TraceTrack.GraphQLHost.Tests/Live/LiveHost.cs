using GraphQLHost.Live;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.GraphQLHost.Tests.Warehouse;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests.Live;

/// <summary>The host with subscriptions, over a warehouse in memory.</summary>
internal sealed class LiveHost : IAsyncDisposable
{
    public const string Scans = "subscription { scanRecorded { eventId scan { qr } } }";

    private readonly WarehouseHost _host;

    private LiveHost(WarehouseHost host) => _host = host;

    public WarehouseHost Host => _host;

    public IServiceProvider Services => _host.Services;

    public ITracker System => Services.GetRequiredService<ITraceTrack>().As(Actor.System);

    public static async Task<LiveHost> StartAsync(Action<LiveSettings>? settings = null, Action<IServiceCollection>? services = null)
    {
        // Quick, so that no test waits for what comes by time.
        var live = new LiveSettings { SessionCheck = TimeSpan.FromMilliseconds(20), TotalsInterval = TimeSpan.FromMilliseconds(20), PollInterval = TimeSpan.FromMilliseconds(20) };
        settings?.Invoke(live);
        return new(await WarehouseHost.StartAsync(services: added =>
        {
            added.AddSingleton(live);
            services?.Invoke(added);
        }));
    }

    public async Task<LiveClient> OpenAsync(string? token, string query, object? variables = null) => await LiveClient.OpenAsync(_host.Client, token, query, variables);

    public async Task<LiveClient> OpenAsAsync(string user, string query, object? variables = null) => await OpenAsync(await _host.LogInAsync(user), query, variables);

    /// <summary>Records a scan of a bag by the application, or by somebody else.</summary>
    public async Task ObserveAsync(string qr, Actor? by = null) =>
        await Services.GetRequiredService<ITraceTrack>().As(by ?? Actor.System).Scans.RecordAsync(RecordScan.Observe(ScanId.New(), Bags.QrCode.Parse(qr)), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
