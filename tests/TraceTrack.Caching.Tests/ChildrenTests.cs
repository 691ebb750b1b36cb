using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Bags;

namespace TraceTrack.Caching;

public sealed class ChildrenTests : IAsyncLifetime
{
    private Node _node = null!;

    public async ValueTask InitializeAsync()
    {
        _node = await Node.StartAsync(traceTrack => traceTrack.UseInMemory().UseCaching());
        await _node.Warehouse.FillAsync("SB1", 3);
        await _node.Warehouse.FillAsync("SB2", 2);
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task A_parents_children_are_asked_for_once()
    {
        Assert.Equal("SB1-C01,SB1-C02,SB1-C03", await ChildrenAsync("SB1"));
        var reads = _node.Cache.CountReads().Store;
        Assert.Equal("SB1-C01,SB1-C02,SB1-C03", await ChildrenAsync("SB1"));
        Assert.Equal(reads, _node.Cache.CountReads().Store);
    }

    [Fact]
    public async Task Their_rows_are_kept_with_the_list()
    {
        _node.Cache.Bump(CacheScopes.All);
        await ChildrenAsync("SB2");
        // Nobody has asked for the parent, so there is no version that the list could be kept by.
        Assert.False(_node.Cache.Bags.TryGet("SB2-C01", out _));
        await _node.Warehouse.BagAsync("SB2");
        await ChildrenAsync("SB2");
        Assert.True(_node.Cache.Bags.TryGet("SB2-C01", out _));
    }

    [Fact]
    public async Task A_scan_changes_the_list_at_once()
    {
        await ChildrenAsync("SB1");
        await _node.Warehouse.UnlinkAsync("SB1-C02");
        Assert.Equal("SB1-C01,SB1-C03", await ChildrenAsync("SB1"));
        await _node.Warehouse.LinkAsync("SB1-C02", "SB2");
        Assert.Equal("SB1-C02,SB2-C01,SB2-C02", await ChildrenAsync("SB2"));
        Assert.Equal("SB1-C01,SB1-C03", await ChildrenAsync("SB1"));
    }

    [Fact]
    public async Task A_parent_without_children_costs_nothing()
    {
        await _node.Warehouse.ObserveAsync("SB3");
        var reads = _node.Cache.CountReads().Store;
        Assert.Equal("", await ChildrenAsync("SB3"));
        Assert.Equal(reads, _node.Cache.CountReads().Store);
    }

    [Fact]
    public async Task A_row_that_is_newer_than_the_list_has_the_store_asked()
    {
        await ChildrenAsync("SB1");
        var child = await _node.Warehouse.BagAsync("SB1-C02");
        // As when another process's message has told of the child and not yet of the parent.
        var moved = child with { ParentId = null, ParentQr = null, LinkedAt = null, Version = child.Version + 1_000 };
        _node.Cache.Bags.Memory.Put("SB1-C02", moved, moved.Version, _node.Cache.Time.Exact.AddMinutes(5), _node.Cache.Time.Generation);
        Assert.Equal("SB1-C01,SB1-C02,SB1-C03", await ChildrenAsync("SB1"));
    }

    private async Task<string> ChildrenAsync(string parent) => string.Join(
        ',', (await _node.Warehouse.Port<IBagStore>().ChildrenOfAsync([QrCode.Parse(parent)], default)).Select(bag => bag.Qr.Value));
}
