using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Bags;
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
        Fault(node).Mode = Loss.ThrowsAfterCommit;
        await Assert.ThrowsAsync<TimeoutException>(() => node.Warehouse.LinkAsync("CB1", "SB1"));
        Fault(node).Mode = Loss.None;
        Assert.Equal(1, (await node.Warehouse.BagAsync("SB1")).ChildCount);
        Assert.Equal("SB1", (await node.Warehouse.BagAsync("CB1")).ParentQr!.Value.Value);
    }

    [Fact]
    public async Task The_parent_a_child_is_taken_out_of_is_asked_for_again_though_nobody_named_it()
    {
        await using var node = await OpenAsync();
        await node.Warehouse.LinkAsync("CB1", "SB1");
        Assert.Equal(1, (await node.Warehouse.BagAsync("SB1")).ChildCount);
        Fault(node).Mode = Loss.ThrowsAfterCommit;
        await Assert.ThrowsAsync<TimeoutException>(() => node.Warehouse.UnlinkAsync("CB1"));
        Assert.Equal(0, (await node.Warehouse.BagAsync("SB1")).ChildCount);
    }

    [Theory]
    [InlineData(Loss.ThrowsAfterCommit)]
    [InlineData(Loss.RepeatsAfterCommit)]
    [InlineData(Loss.IsBusyAfterCommit)]
    public async Task Rows_and_searches_nobody_named_are_asked_for_again_however_the_answer_to_a_commit_got_lost(Loss loss)
    {
        await using var node = await OpenAsync();
        var warehouse = node.Warehouse;
        var north = warehouse.Dispatcher("NORTH");
        await warehouse.LinkAsync("CB1", "SB1");
        await warehouse.LinkAsync("CB2", "SB2");
        await warehouse.CreateBillAsync("B-1");
        await warehouse.LoadAsync("SB3", "B-1");
        Assert.Null(await warehouse.FindBagAsync("CB2", north));
        Assert.Empty(await warehouse.SearchAsync("CB", by: north));
        Assert.DoesNotContain("CB9", await warehouse.SearchAsync("CB"));
        Assert.Equal((1, 1), ((await warehouse.BagAsync("SB1")).ChildCount, (await warehouse.BillAsync("B-1")).ParentCount));

        Fault(node).Mode = loss;
        await LosesAsync(() => warehouse.UnlinkAsync("CB1"));
        await LosesAsync(() => warehouse.UnloadAsync("SB3"));
        await LosesAsync(() => warehouse.ObserveAsync("SB2", north));
        await LosesAsync(() => warehouse.ObserveAsync("CB9", north));
        Fault(node).Mode = Loss.None;

        Assert.Equal((0, 0), ((await warehouse.BagAsync("SB1")).ChildCount, (await warehouse.BillAsync("B-1")).ParentCount));
        Assert.Null((await warehouse.BagAsync("CB1")).ParentQr);
        Assert.Null((await warehouse.BagAsync("SB3")).BillNumber);
        Assert.Equal("NORTH", (await warehouse.FindBagAsync("CB2", north))?.Area);
        Assert.Equal(["CB2", "CB9"], await warehouse.SearchAsync("CB", by: north));
        Assert.Contains("CB9", await warehouse.SearchAsync("CB"));

        async Task LosesAsync(Func<Task<ScanResult>> scan)
        {
            if (loss == Loss.RepeatsAfterCommit)
                Assert.True((await scan()).IsReplay);
            else
                await Assert.ThrowsAnyAsync<Exception>(scan);
        }
    }

    [Fact]
    public async Task A_scan_sent_twice_voids_no_more_than_the_rows_it_names()
    {
        await using var node = await OpenAsync();
        var scan = RecordScan.Observe(ScanId.New(), QrCode.Parse("SB1"));
        await node.Warehouse.RecordAsync(scan);
        await node.Warehouse.ObserveAsync("CB1");
        Assert.True((await node.Warehouse.RecordAsync(scan)).IsReplay);
        Assert.True(node.Cache.Bags.TryGet("SB1", out _));
        Assert.True(node.Cache.Bags.TryGet("CB1", out _));
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

    /// <summary>What becomes of the answer to a commit.</summary>
    public enum Loss
    {
        None,
        ThrowsAfterCommit,

        /// <summary>The store tries again, as PostgreSQL's does, and is answered from the receipt.</summary>
        RepeatsAfterCommit,

        /// <summary>The store tries again, and finds the rows locked.</summary>
        IsBusyAfterCommit,
    }

    private static LosingScanStore Fault(Node node) =>
        (LosingScanStore)node.Services.GetRequiredKeyedService<IScanStore>("TraceTrack.Caching.Inner");

    private sealed class LosingScanStore(IScanStore inner) : IScanStore
    {
        public Loss Mode { get; set; }

        public async ValueTask<ScanCommit> RecordAsync(ScanRequest request, Func<ScanState, ScanChanges> decide, CancellationToken cancellationToken)
        {
            var commit = await inner.RecordAsync(request, decide, cancellationToken);
            return Mode switch
            {
                Loss.ThrowsAfterCommit => throw new TimeoutException("The answer to the commit was lost."),
                Loss.IsBusyAfterCommit => throw new ConflictException(ErrorCodes.StoreBusy, "The rows are locked."),
                Loss.RepeatsAfterCommit => await inner.RecordAsync(request, decide, cancellationToken),
                _ => commit,
            };
        }

        public ValueTask<IReadOnlyList<Scan>> ListAsync(ScanFilter filter, Slice<ScanPosition> slice, CancellationToken cancellationToken) =>
            inner.ListAsync(filter, slice, cancellationToken);

        public ValueTask<IReadOnlyList<ScanEvent>?> ReadAfterAsync(EventPosition? after, int limit, CancellationToken cancellationToken) =>
            inner.ReadAfterAsync(after, limit, cancellationToken);

        public ValueTask<EventPosition> FindFeedEndAsync(CancellationToken cancellationToken) => inner.FindFeedEndAsync(cancellationToken);
    }
}
