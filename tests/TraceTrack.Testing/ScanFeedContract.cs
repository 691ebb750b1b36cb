using TraceTrack.Scans;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>The scan log as a feed. A database shows a commit in it when every older transaction has ended, so readers ask until it is there.</summary>
public abstract class ScanFeedContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task Every_scan_comes_once_and_in_order_rejected_ones_among_them()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C001", "SB1");
        Rejected(ScanRejection.AlreadyLinkedHere, "SB1", await warehouse.LinkAsync("C001", "SB1"));
        await warehouse.UnlinkAsync("C001");
        var events = await ReadAsync(warehouse.System, 3, limit: 2);
        Assert.Equal(
            [(ScanAction.Link, ScanOutcome.Recorded), (ScanAction.Link, ScanOutcome.Rejected), (ScanAction.Unlink, ScanOutcome.Recorded)],
            events.Select(e => (e.Scan.Action, e.Scan.Outcome)));
        Assert.Equal(events.Order(Comparer<ScanEvent>.Create((left, right) => left.Position.CompareTo(right.Position))), events);
        var end = await warehouse.System.Scans.ReadAfterAsync(events[^1].Position);
        Assert.Empty(end.Events);
        Assert.Equal((events[^1].Position, false), (end.Position, end.HasMore));
    }

    [Fact]
    public async Task A_page_says_whether_more_is_there()
    {
        var warehouse = await OpenAsync();
        for (var i = 1; i <= 3; i++)
            await warehouse.ObserveAsync($"C00{i}");
        await ReadAsync(warehouse.System, 3);
        var page = await warehouse.System.Scans.ReadAfterAsync(null, 2);
        var rest = await warehouse.System.Scans.ReadAfterAsync(page.Position, 2);
        Assert.Equal((2, true, 1, false), (page.Events.Count, page.HasMore, rest.Events.Count, rest.HasMore));
    }

    [Fact]
    public async Task A_position_is_text_that_can_be_kept()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("C001");
        await warehouse.ObserveAsync("C002");
        var events = await ReadAsync(warehouse.System, 2);
        var kept = EventPosition.Parse(events[0].Position.ToString());
        Assert.Equal("C002", Assert.Single((await warehouse.System.Scans.ReadAfterAsync(kept)).Events).Scan.Qr!.Value.Value);
        Assert.True(events[0].Position < events[1].Position);
        foreach (var text in new[] { null, "", "7", "7.", ".7", "x.7", "-1.7", "7.x" })
            Assert.Equal(ErrorCodes.InvalidCursor, Assert.Throws<InvalidInputException>(() => EventPosition.Parse(text)).Code);
    }

    [Fact]
    public async Task A_position_beyond_all_that_was_written_is_refused()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("C001");
        await FailsAsync<InvalidInputException>(
            ErrorCodes.InvalidCursor, () => warehouse.System.Scans.ReadAfterAsync(new(ulong.MaxValue >> 2, 1)).AsTask());
        foreach (var limit in new[] { 0, ScanFeedPage.MaxSize + 1 })
            await FailsAsync<InvalidInputException>(ErrorCodes.InvalidPage, () => warehouse.System.Scans.ReadAfterAsync(null, limit).AsTask());
    }

    [Fact]
    public async Task A_dispatcher_reads_the_own_areas_scans_and_moves_on_past_the_others()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("S-1", warehouse.Dispatcher("SOUTH"));
        await warehouse.ObserveAsync("S-2", warehouse.Dispatcher("SOUTH"));
        await warehouse.ObserveAsync("N-1", warehouse.Dispatcher("NORTH"));
        await ReadAsync(warehouse.System, 3);
        var north = warehouse.Dispatcher("NORTH");
        var first = await north.Scans.ReadAfterAsync(null, 2);
        Assert.Equal((0, true), (first.Events.Count, first.HasMore));
        var second = await north.Scans.ReadAfterAsync(first.Position, 2);
        Assert.Equal("N-1", Assert.Single(second.Events).Scan.Qr!.Value.Value);
        var nobody = await warehouse.Dispatcher(null).Scans.ReadAfterAsync(null);
        Assert.Equal((0, null, false), (nobody.Events.Count, nobody.Position, nobody.HasMore));
    }

    [Fact]
    public async Task What_is_recorded_from_now_on_comes_after_the_end()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("C001");
        await ReadAsync(warehouse.System, 1);
        // What another test's open transaction holds back may come after it too.
        var end = await warehouse.System.Scans.FindFeedEndAsync();
        await warehouse.ObserveAsync("C002");
        var events = await ReadAsync(warehouse.System, 1, after: end);
        Assert.Equal("C002", events[^1].Scan.Qr!.Value.Value);
        Assert.Equal(end, EventPosition.Parse(end.ToString()));
    }

    [Fact]
    public async Task What_the_application_has_read_is_shown_as_the_actor_would_read_it()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("S-1", warehouse.Dispatcher("SOUTH"));
        await warehouse.ObserveAsync("SB2", warehouse.Dispatcher("NORTH"));
        await warehouse.LinkAsync("C001", "SB1");
        await warehouse.RelinkAsync("C001", "SB2");
        var events = await ReadAsync(warehouse.System, 4);
        Assert.Contains(events, e => e.Scan.FromParentQr is not null);
        foreach (var tracker in new[] { warehouse.System, warehouse.Dispatcher("NORTH"), warehouse.Dispatcher("SOUTH"), warehouse.Dispatcher(null) })
            Assert.Equal((await tracker.Scans.ReadAfterAsync(null)).Events, await tracker.Scans.ShowAsync(events));
        Assert.All(await warehouse.Dispatcher("NORTH").Scans.ShowAsync(events), e => Assert.Null(e.Scan.FromParentQr));
    }

    [Fact]
    public async Task An_imported_log_comes_as_of_now_whatever_its_times_are()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("C001");
        var position = (await ReadAsync(warehouse.System, 1))[0].Position;
        var old = (await warehouse.System.Scans.ListAsync(ScanFilter.All, Paging.PageRequest.First())).Items[0] with
        {
            ScanId = ScanId.New(),
            RecordedAt = new(2021, 3, 4, 5, 6, 7, TimeSpan.Zero),
        };
        await warehouse.System.Imports.ImportScansAsync(new[] { old }.ToAsyncEnumerable(), new());
        var imported = Assert.Single(await ReadAsync(warehouse.System, 1, after: position));
        Assert.Equal(old.ScanId, imported.Scan.ScanId);
        Assert.True(imported.Position > position);
    }

    [Fact]
    public async Task A_reader_beside_many_writers_misses_nothing_and_sees_nothing_twice()
    {
        var warehouse = await OpenAsync();
        var writing = AtOnce(10, async writer =>
        {
            for (var i = 0; i < 15; i++)
                await warehouse.LinkAsync($"C{writer:00}{i:00}", $"SB{(writer + i) % 4}");
            return 0;
        });
        var events = await ReadAsync(warehouse.System, 150, limit: 7);
        await writing;
        Assert.Empty((await warehouse.System.Scans.ReadAfterAsync(events[^1].Position)).Events);
        Assert.Equal(150, events.Select(e => e.Scan.ScanId).Distinct().Count());
        Assert.Equal(events.Select(e => e.Position).Order(), events.Select(e => e.Position));
    }

    private static async Task<List<ScanEvent>> ReadAsync(ITracker tracker, int count, int limit = 200, EventPosition? after = null)
    {
        var events = new List<ScanEvent>();
        for (var position = after; events.Count < count;)
        {
            var page = await tracker.Scans.ReadAfterAsync(position, limit, TestContext.Current.CancellationToken);
            events.AddRange(page.Events);
            position = page.Position;
            if (!page.HasMore)
                await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        return events;
    }
}
