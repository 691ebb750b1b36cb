using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Imports;
using TraceTrack.Paging;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Caching;

/// <summary>A write whose outcome nobody knows: the connection was lost behind the commit.</summary>
public sealed class StoreFaultTests
{
    [Fact]
    public async Task What_a_write_may_have_changed_is_asked_for_again()
    {
        await using var node = await OpenAsync();
        await node.Warehouse.ObserveAsync("SB1");
        await node.Warehouse.ObserveAsync("CB1");
        Fault(node).IsOn = true;
        await Assert.ThrowsAsync<TimeoutException>(() => node.Warehouse.LinkAsync("CB1", "SB1"));
        Fault(node).IsOn = false;
        Assert.Equal(1, (await node.Warehouse.BagAsync("SB1")).ChildCount);
        Assert.Equal("SB1", (await node.Warehouse.BagAsync("CB1")).ParentQr!.Value.Value);
    }

    [Fact]
    public async Task The_parent_a_child_is_taken_out_of_is_asked_for_again_though_nobody_named_it()
    {
        await using var node = await OpenAsync();
        await node.Warehouse.LinkAsync("CB1", "SB1");
        Assert.Equal(1, (await node.Warehouse.BagAsync("SB1")).ChildCount);
        Fault(node).IsOn = true;
        await Assert.ThrowsAsync<TimeoutException>(() => node.Warehouse.UnlinkAsync("CB1"));
        Assert.Equal(0, (await node.Warehouse.BagAsync("SB1")).ChildCount);
    }

    [Fact]
    public async Task A_write_that_a_rule_refuses_costs_nothing_that_is_kept()
    {
        await using var node = await OpenAsync();
        await node.Warehouse.CreateBillAsync("B-1");
        Assert.True(node.Cache.Bills.TryGet("B-1", out _));
        await Assert.ThrowsAsync<ConflictException>(() => node.Warehouse.CreateBillAsync("B-1"));
        await Assert.ThrowsAsync<ConflictException>(() => node.Warehouse.CompleteAsync("B-1"));
        var imports = node.Services.GetRequiredService<ITraceTrack>().As(Actor.System).Imports;
        var usedOtherwise = new ImportOptions();
        await imports.ImportScansAsync(AsyncEnumerable.Empty<Scan>(), usedOtherwise);
        await Assert.ThrowsAsync<InvalidInputException>(() => imports.ImportAsync(AsyncEnumerable.Empty<BagRow>(), usedOtherwise).AsTask());
        Assert.True(node.Cache.Bills.TryGet("B-1", out _));
    }

    private static Task<Node> OpenAsync() => Node.StartAsync(traceTrack =>
    {
        traceTrack.UseInMemory();
        var inner = traceTrack.Services.Single(service => service.ServiceType == typeof(IScanStore));
        traceTrack.Services.Remove(inner);
        traceTrack.Services.AddKeyedSingleton(typeof(IScanStore), "behind", inner.ImplementationType!);
        traceTrack.Services.AddSingleton<IScanStore>(provider => new LosingScanStore(provider.GetRequiredKeyedService<IScanStore>("behind")));
        traceTrack.UseCaching();
    });

    private static LosingScanStore Fault(Node node) =>
        (LosingScanStore)node.Services.GetRequiredKeyedService<IScanStore>("TraceTrack.Caching.Inner");

    private sealed class LosingScanStore(IScanStore inner) : IScanStore
    {
        public bool IsOn { get; set; }

        public async ValueTask<ScanCommit> RecordAsync(ScanRequest request, Func<ScanState, ScanChanges> decide, CancellationToken cancellationToken)
        {
            var commit = await inner.RecordAsync(request, decide, cancellationToken);
            return IsOn ? throw new TimeoutException("The answer to the commit was lost.") : commit;
        }

        public ValueTask<IReadOnlyList<Scan>> ListAsync(ScanFilter filter, Slice<ScanPosition> slice, CancellationToken cancellationToken) =>
            inner.ListAsync(filter, slice, cancellationToken);

        public ValueTask<IReadOnlyList<ScanEvent>?> ReadAfterAsync(EventPosition? after, int limit, CancellationToken cancellationToken) =>
            inner.ReadAfterAsync(after, limit, cancellationToken);
    }
}
