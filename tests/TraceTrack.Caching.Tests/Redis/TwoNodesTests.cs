using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Bags;
using TraceTrack.Imports;
using TraceTrack.Postgres.Tests;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Caching.Redis;

/// <summary>Two processes, one PostgreSQL, one Redis: what one writes, the other soon says too.</summary>
public sealed class TwoNodesTests(PostgresServer postgres, RedisServer redis) : IAsyncLifetime
{
    private readonly string _schema = PostgresServer.NewSchema();
    private Node _one = null!;
    private Node _other = null!;

    public async ValueTask InitializeAsync()
    {
        _one = await Node.StartAsync(traceTrack => traceTrack.UseBothTiers(postgres, redis, _schema));
        _other = await Node.StartAsync(traceTrack => traceTrack.UseBothTiers(postgres, redis, _schema));
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await postgres.ExecuteAsync($"DROP SCHEMA IF EXISTS {_schema} CASCADE");
    }

    [Fact]
    public async Task A_scan_on_one_is_seen_on_the_other()
    {
        await _one.Warehouse.ObserveAsync("SB1");
        Assert.Equal(0, (await _other.Warehouse.BagAsync("SB1")).ChildCount);
        await _one.Warehouse.LinkAsync("CB1", "SB1");
        await Eventually.HoldsAsync(async () => (await _other.Warehouse.BagAsync("SB1")).ChildCount == 1);
        await _one.Warehouse.CreateBillAsync("B-1");
        Assert.Equal(0, (await _other.Warehouse.BillAsync("B-1")).ParentCount);
        await _one.Warehouse.LoadAsync("SB1", "B-1");
        await Eventually.HoldsAsync(async () => (await _other.Warehouse.BillAsync("B-1")).ParentCount == 1
            && (await _other.Warehouse.BagAsync("CB1")).Status == BagStatus.Billed);
    }

    [Fact]
    public async Task What_is_written_elsewhere_is_heard_when_memory_has_forgotten_what_is_old()
    {
        await _one.Warehouse.ObserveAsync("SB1");
        Assert.Equal(0, (await _other.Warehouse.BagAsync("SB1")).ChildCount);
        var news = _other.Services.GetRequiredService<CacheNews>();
        using var told = new SemaphoreSlim(0);
        void Tell(object? sender, EventArgs e) => told.Release();

        news.Heard += Tell;
        await _one.Warehouse.LinkAsync("CB1", "SB1");
        // Others may be told of first, such as the observation before.
        do
            Assert.True(await told.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken), "Nothing was heard.");
        while ((await _other.Warehouse.BagAsync("SB1")).ChildCount == 0);

        news.Heard -= Tell;
    }

    [Fact]
    public async Task A_bag_that_one_knew_to_be_absent_appears()
    {
        Assert.Null(await _other.Warehouse.FindBagAsync("CB1"));
        Assert.Null(await _other.Warehouse.FindBagAsync("CB1"));
        await _one.Warehouse.ObserveAsync("CB1");
        await Eventually.HoldsAsync(async () => await _other.Warehouse.FindBagAsync("CB1") is not null);
    }

    [Fact]
    public async Task A_new_bag_is_found_by_a_search_that_was_kept()
    {
        await _one.Warehouse.ObserveAsync("CB1");
        Assert.Equal(["CB1"], await _other.Warehouse.SearchAsync("CB"));
        await _one.Warehouse.ObserveAsync("CB2");
        Assert.Equal(["CB1", "CB2"], await _one.Warehouse.SearchAsync("CB"));
        await Eventually.HoldsAsync(async () => (await _other.Warehouse.SearchAsync("CB")).Length == 2);
    }

    [Fact]
    public async Task A_bag_claimed_by_an_area_is_found_by_that_areas_search()
    {
        await _one.Warehouse.LinkAsync("CB1", "SB1");
        var north = _other.Warehouse.Dispatcher("NORTH");
        Assert.Empty(await _other.Warehouse.SearchAsync("B1", by: north));
        await _one.Warehouse.ObserveAsync("SB1", _one.Warehouse.Dispatcher("NORTH"));
        await Eventually.HoldsAsync(async () => string.Join(' ', await _other.Warehouse.SearchAsync("SB1", by: north)) == "SB1");
        await Eventually.HoldsAsync(async () => await _other.Warehouse.FindBagAsync("CB1", north) is not null);
    }

    [Fact]
    public async Task A_bill_resized_deleted_or_mended_on_one_is_so_on_the_other()
    {
        await _one.Warehouse.CreateBillAsync("B-1", 5);
        Assert.Equal(5, (await _other.Warehouse.BillAsync("B-1")).Capacity);
        await _one.Warehouse.ResizeAsync("B-1", 6);
        await Eventually.HoldsAsync(async () => (await _other.Warehouse.BillAsync("B-1")).Capacity == 6);
        await _one.Warehouse.DeleteBillAsync("B-1");
        await Eventually.HoldsAsync(async () => await _other.Warehouse.FindBillAsync("B-1") is null);
        await _other.Warehouse.CreateBillAsync("B-1", 7);
        await Eventually.HoldsAsync(async () => await _one.Warehouse.FindBillAsync("B-1") is { Capacity: 7 });

        await _one.Warehouse.LinkAsync("CB1", "SB1");
        await _one.Warehouse.LoadAsync("SB1", "B-1");
        await postgres.ExecuteAsync($"UPDATE {_schema}.bill SET actual_grams = 77; UPDATE {_schema}.bag SET content_grams = 77 WHERE kind = 1");
        await Task.WhenAll(_one.Warehouse.ObserveAsync("SB1"), _other.Warehouse.RecalculateAsync("B-1"));
        await Eventually.HoldsAsync(async () => (await _one.Warehouse.BillAsync("B-1")).ActualWeightKg == 1m
            && (await _one.Warehouse.BagAsync("SB1")).ContentWeightKg == 1m);
    }

    [Fact]
    public async Task A_bag_deleted_on_one_is_gone_on_the_other_and_a_new_one_of_its_code_appears()
    {
        await _one.Warehouse.ObserveAsync("CB1", _one.Warehouse.Dispatcher("NORTH"));
        var north = _other.Warehouse.Dispatcher("NORTH");
        var first = await _other.Warehouse.BagAsync("CB1");
        Assert.Equal(["CB1"], await _other.Warehouse.SearchAsync("CB", by: north));
        await _one.Warehouse.DeleteAsync("CB1");
        Assert.Null(await _one.Warehouse.FindBagAsync("CB1"));
        await Eventually.HoldsAsync(async () => await _other.Warehouse.FindBagAsync("CB1") is null);
        await Eventually.HoldsAsync(async () => (await _other.Warehouse.SearchAsync("CB", by: north)).Length == 0);
        await _other.Warehouse.ObserveAsync("CB1");
        var second = await _other.Warehouse.BagAsync("CB1");
        Assert.True(second.Version > first.Version);
        await Eventually.HoldsAsync(async () => (await _one.Warehouse.FindBagAsync("CB1"))?.Version == second.Version);
    }

    [Fact]
    public async Task A_load_that_began_on_the_other_before_a_deletion_does_not_bring_the_bag_back()
    {
        await _one.Warehouse.ObserveAsync("CB1");
        var bag = await _one.Services.GetRequiredService<IBagStore>().FindAsync(QrCode.Parse("CB1"), default);
        var tier = _other.Services.GetRequiredService<RedisTier>();
        var before = await tier.GetAsync(new(CacheScopes.Everything, ["b:CB1"], 1), default);
        await _one.Warehouse.DeleteAsync("CB1");
        // The other read the row before, and comes to fill the second tier only now.
        var endsAt = TimeProvider.System.GetUtcNow().AddMinutes(1);
        await tier.FillAsync(
            new(CacheScopes.Everything, before.Epochs, [new("b:CB1", bag!.Version, TimeSpan.FromMinutes(1), Envelope.Write(new BagCodec(), new(), bag, bag.Version, endsAt))]),
            default);
        await using var third = await Node.StartAsync(traceTrack => traceTrack.UseBothTiers(postgres, redis, _schema));
        Assert.Null(await third.Warehouse.FindBagAsync("CB1"));
        Assert.Null(await _one.Warehouse.FindBagAsync("CB1"));
    }

    [Fact]
    public async Task Bills_completed_and_reopened_on_one_are_so_on_the_other_with_all_their_bags()
    {
        string[] numbers = ["B-1", "B-2"];
        for (var i = 0; i < 2; i++)
        {
            await _one.Warehouse.CreateBillAsync(numbers[i]);
            await _one.Warehouse.FillAsync($"SB{i}", 30);
            await _one.Warehouse.LoadAsync($"SB{i}", numbers[i]);
            Assert.Equal(BagStatus.Billed, (await _other.Warehouse.BagAsync($"SB{i}-C07")).Status);
        }

        await _one.Warehouse.SetStatusAsync(Bills.BillStatus.Completed, numbers);
        await Eventually.HoldsAsync(async () => (await _other.Warehouse.BagAsync("SB0-C07")).Status == BagStatus.Dispatched
            && (await _other.Warehouse.BillAsync("B-2")).Status == Bills.BillStatus.Completed);
        await _other.Warehouse.SetStatusAsync(Bills.BillStatus.Processing, numbers);
        await Eventually.HoldsAsync(async () => (await _one.Warehouse.BagAsync("SB1-C07")).Status == BagStatus.Billed
            && (await _one.Warehouse.BillAsync("B-1")).Status == Bills.BillStatus.Processing);
    }

    [Fact]
    public async Task A_scan_sent_again_tells_all_what_the_node_that_recorded_it_did_not_live_to_tell()
    {
        await using var dead = await Node.StartAsync(traceTrack => traceTrack.UsePostgres(postgres.Source, o => o.SchemaName = _schema));
        var north = _one.Warehouse.Dispatcher("NORTH");
        await _one.Warehouse.LinkAsync("CB1", "SB1", north);
        await _one.Warehouse.ObserveAsync("SB2", north);
        foreach (var node in new[] { _one, _other })
        {
            Assert.Equal((1, 0), ((await node.Warehouse.BagAsync("SB1")).ChildCount, (await node.Warehouse.BagAsync("SB2")).ChildCount));
            Assert.Equal("SB1", (await node.Warehouse.BagAsync("CB1")).ParentQr!.Value.Value);
            Assert.Empty(await node.Warehouse.SearchAsync("CB9"));
        }

        RecordScan[] scans =
        [
            RecordScan.Relink(ScanId.New(), QrCode.Parse("CB1"), QrCode.Parse("SB2")), RecordScan.Observe(ScanId.New(), QrCode.Parse("CB9")),
        ];
        foreach (var scan in scans)
            await dead.Warehouse.RecordAsync(scan, dead.Warehouse.Dispatcher("NORTH"));
        foreach (var scan in scans)
            Assert.True((await _one.Warehouse.RecordAsync(scan, north)).IsReplay);
        Assert.Equal((0, 1), ((await _one.Warehouse.BagAsync("SB1")).ChildCount, (await _one.Warehouse.BagAsync("SB2")).ChildCount));
        await Eventually.HoldsAsync(async () => (await _other.Warehouse.BagAsync("SB1")).ChildCount == 0
            && (await _other.Warehouse.BagAsync("SB2")).ChildCount == 1
            && (await _other.Warehouse.BagAsync("CB1")).ParentQr!.Value.Value == "SB2"
            && (await _other.Warehouse.SearchAsync("CB9")).Length == 1);
    }

    [Fact]
    public async Task A_session_ended_on_one_opens_nothing_on_the_other()
    {
        var ada = await _one.Warehouse.System.Users.CreateAsync(new("ada", UserRole.Biller, null, "hash"));
        var token = (await _one.Warehouse.System.Users.StartSessionAsync(ada.Id)).Token;
        Assert.NotNull(await _other.Warehouse.System.Users.FindSessionAsync(token));
        await _one.Warehouse.System.Users.EndSessionAsync(token);
        Assert.Null(await _one.Warehouse.System.Users.FindSessionAsync(token));
        await Eventually.HoldsAsync(async () => await _other.Warehouse.System.Users.FindSessionAsync(token) is null);
    }

    [Fact]
    public async Task A_user_disabled_on_one_has_no_session_on_the_other()
    {
        var ada = await _one.Warehouse.System.Users.CreateAsync(new("ada", UserRole.Biller, null, "hash"));
        var tokens = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            tokens.Add((await _one.Warehouse.System.Users.StartSessionAsync(ada.Id)).Token);
            Assert.NotNull(await _other.Warehouse.System.Users.FindSessionAsync(tokens[i]));
        }

        await _one.Warehouse.System.Users.ChangeAsync(ada.Id, new() { IsDisabled = true });
        foreach (var token in tokens)
        {
            Assert.Null(await _one.Warehouse.System.Users.FindSessionAsync(token));
            await Eventually.HoldsAsync(async () => await _other.Warehouse.System.Users.FindSessionAsync(token) is null);
        }
    }

    [Fact]
    public async Task An_import_on_one_voids_what_the_other_kept()
    {
        Assert.Null(await _other.Warehouse.FindBagAsync("CB1"));
        Assert.Empty(await _other.Warehouse.SearchAsync("CB"));
        await _one.Warehouse.ImportAsync(new BagRow("SB1", null), new BagRow("CB1", "SB1"));
        Assert.Equal("SB1", (await _one.Warehouse.BagAsync("CB1")).ParentQr!.Value.Value);
        await Eventually.HoldsAsync(async () => (await _other.Warehouse.FindBagAsync("CB1"))?.ParentQr?.Value == "SB1");
        await Eventually.HoldsAsync(async () => (await _other.Warehouse.SearchAsync("CB")).Length == 1);
    }

    [Fact]
    public async Task What_one_has_read_the_other_takes_from_the_second_tier()
    {
        await _one.Warehouse.FillAsync("SB1", 3);
        // Behind both caches' backs: only the second tier can still say 3.
        await postgres.ExecuteAsync($"UPDATE {_schema}.bag SET child_count = 99 WHERE qr = 'SB1'");
        Assert.Equal(3, (await _other.Warehouse.BagAsync("SB1")).ChildCount);
        Assert.Equal(3, (await _other.Services.GetRequiredService<IBagStore>().FindManyAsync([QrCode.Parse("SB1")], default))[0]!.ChildCount);
    }
}
