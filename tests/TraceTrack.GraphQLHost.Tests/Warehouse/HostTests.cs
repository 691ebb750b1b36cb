using System.Text.Json;
using GraphQLHost.Observability;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.GraphQLHost.Tests.Live;
using TraceTrack.GraphQLHost.Tests.Server;
using TraceTrack.Scans;
using TraceTrack.Totals;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests.Warehouse;

/// <summary>What the host tells of itself, of the rules, and of who scanned.</summary>
public sealed class HostTests
{
    private const string Health = """
        { hostHealth {
            node at uptimeSeconds requestsPerSecond errorsPerSecond p50Ms p95Ms p99Ms memoryMb subscriptions feedLagMs
            cache { tier hits misses hitRatio } pool { inUse idle max waiting }
        } }
        """;

    [Fact]
    public async Task The_rules_are_those_that_were_set_and_everybody_who_is_logged_in_may_know_them()
    {
        await using var host = await WarehouseHost.StartAsync(rules =>
            (rules.ParentCapacity, rules.ChildWeightKg, rules.ParentQrPattern, rules.UndoWindow, rules.RegisterUnknownBags) = (12, 0.25m, "^P[0-9]+$", TimeSpan.FromMinutes(5), false));
        const string Rules = "{ rules { parentCapacity childWeightKg parentPattern undoWindowSeconds registersUnknownBags } }";
        var reply = await host.AskAsync(await host.LogInAsync("Dora"), Rules);
        Assert.Equal(
            """{"rules":{"parentCapacity":12,"childWeightKg":0.250,"parentPattern":"^P[0-9]+$","undoWindowSeconds":300,"registersUnknownBags":false}}""",
            reply.Data.GetRawText());
        Assert.Equal("UNAUTHENTICATED", (await host.AskAsync(null, Rules)).Code);
    }

    [Fact]
    public async Task How_the_host_is_admins_learn_from_what_was_asked_of_it()
    {
        await using var host = await RunningHost.StartAsync(services => services.AddSingleton<ITotalsStore, LostTotals>());
        var token = await host.LogInAsync("Ada");
        await using var live = await LiveClient.OpenAsync(host.Client, token, LiveHost.Scans);
        JsonElement health;
        do
        {
            // Those of whole seconds are counted.
            Assert.Equal("INTERNAL", (await host.AskAsync(token, "{ totals { bags } }")).Code);
            Assert.Equal("INVALID_QR_CODE", (await host.AskAsync(token, "{ bag(qr: \"?\") { qr } }")).Code);
            health = (await host.AskAsync(token, Health)).Data.GetProperty("hostHealth");
        }
        while (health.GetProperty("errorsPerSecond").GetDecimal() == 0);
        // What is refused is no failure of the host's.
        Assert.InRange(health.GetProperty("requestsPerSecond").GetDecimal(), 2 * health.GetProperty("errorsPerSecond").GetDecimal(), 1_000_000);
        var (p50, p95, p99) = (Number("p50Ms"), Number("p95Ms"), Number("p99Ms"));
        Assert.True(p50 > 0 && p50 <= p95 && p95 <= p99, health.GetRawText());
        Assert.True(Number("memoryMb") > 10 && Number("feedLagMs") >= 0 && Number("subscriptions") == 1, health.GetRawText());
        // In memory there is none. (There is no pool either, but other tests of this process have theirs.)
        Assert.Equal("[]", health.GetProperty("cache").GetRawText());
        foreach (var user in new[] { "Bill", "Dora" })
            Assert.Equal("NOT_ALLOWED", (await host.AskAsync(await host.LogInAsync(user), Health)).Code);
        Assert.Equal("UNAUTHENTICATED", (await host.AskAsync(null, Health)).Code);

        decimal Number(string name) => health.GetProperty(name).GetDecimal();
    }

    [Fact]
    public void The_window_holds_ten_whole_seconds_and_forgets_what_is_older()
    {
        var clock = new TestClock();
        var window = new RequestWindow(clock, () => null);
        Assert.Equal((0, null), (window.Read().Count, window.Read().P95));
        for (var second = 0; second < 30; second++)
        {
            for (var i = 1; i <= 100; i++)
                window.Record(TimeSpan.FromMilliseconds(i), hasFailed: i > 99);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        var figures = window.Read();
        Assert.Equal((10, 1_000, 10), (figures.Seconds, figures.Count, figures.Failed));
        Assert.InRange(figures.P50!.Value.TotalMilliseconds, 45, 55);
        Assert.InRange(figures.P95!.Value.TotalMilliseconds, 86, 104);
        Assert.InRange(figures.P99!.Value.TotalMilliseconds, 90, 109);
        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(0, window.Read().Count);
    }

    [Fact]
    public async Task Who_scanned_is_named_to_all_who_see_the_scan()
    {
        await using var host = await WarehouseHost.StartAsync();
        var (dora, bill) = (await host.LogInAsync("Dora"), await host.LogInAsync("Bill"));
        await host.ScanAsync(dora, "OBSERVE", "C001");
        await host.Services.GetRequiredService<ITraceTrack>().As(new("a robot", UserRole.Dispatcher, "NORTH")).Scans
            .RecordAsync(RecordScan.Observe(ScanId.New(), Bags.QrCode.Parse("C002")), TestContext.Current.CancellationToken);
        Assert.Equal(
            """{"scans":{"nodes":[{"actorName":null,"user":null},{"actorName":"Dora","user":null}]}}""",
            (await host.AskAsync(bill, "{ scans(first: 9) { nodes { actorName user { userName } } } }")).Data.GetRawText());
    }

    private sealed class LostTotals : ITotalsStore
    {
        public ValueTask<TraceTrackTotals> GetAsync(CancellationToken cancellationToken) => throw new InvalidDataException("lost");

        public ValueTask<TotalsReconciliation> ReconcileAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class TestClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan time) => _now += time.Ticks;
    }
}
