using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.History;
using TraceTrack.Imports;
using TraceTrack.Paging;
using TraceTrack.Scans;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>Histories of bags and bills as lists.</summary>
public abstract class HistoryListContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task A_childs_history_tells_its_scans_newest_first_with_the_rejected_ones_marked()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("C001", warehouse.Biller);
        await warehouse.LinkAsync("C001", "SB1");
        Rejected(ScanRejection.LinkedElsewhere, "SB1", await warehouse.LinkAsync("C001", "SB2"));
        await warehouse.UnlinkAsync("C001", by: warehouse.Admin);
        await warehouse.LinkAsync("C002", "SB1");
        Assert.Equal(
            [
                "Scanned Unlink SB1 by admin-1", "Scanned Link SB2 by system refused LinkedElsewhere SB1", "Scanned Link SB1 by system",
                "Scanned Observe by biller-1",
            ],
            await BagAsync(warehouse, "C001"));
    }

    [Fact]
    public async Task A_parents_history_tells_its_own_scans_and_those_of_its_children()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.LinkAsync("C001", "SB1");
        await warehouse.LinkAsync("C002", "SB1");
        await warehouse.UnlinkAsync("C001");
        await warehouse.LoadAsync("SB1", "B1");
        Rejected(ScanRejection.NotAChild, "SB1", await warehouse.LinkAsync("SB1", "SB1"));
        Assert.Equal(
            [
                "Scanned Link SB1 by system refused NotAChild SB1", "Scanned Load B1 by system", "Scanned Unlink C001 by system",
                "Scanned Link C002 by system", "Scanned Link C001 by system",
            ],
            await BagAsync(warehouse, "SB1"));
    }

    [Fact]
    public async Task A_relink_stands_in_the_histories_of_both_parents_and_so_does_its_undo()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C001", "SB1");
        Recorded(await warehouse.RecordAsync(RecordScan.Relink(ScanId.New(), QrCode.Parse("C001"), QrCode.Parse("SB2"))));
        Recorded(await warehouse.RecordAsync(RecordScan.Undo(ScanId.New())));
        Assert.Equal(["Scanned Undo C001 by system", "Scanned Relink C001 by system", "Scanned Link C001 by system"], await BagAsync(warehouse, "SB1"));
        Assert.Equal(["Scanned Undo C001 by system", "Scanned Relink C001 by system"], await BagAsync(warehouse, "SB2"));
        Assert.Equal(3, (await BagAsync(warehouse, "C001")).Length);
    }

    [Fact]
    public async Task The_import_that_brought_a_bag_begins_its_history_whatever_became_of_the_bag()
    {
        var warehouse = await OpenAsync();
        var key = (await warehouse.ImportAsync(new BagRow("SB1"), new("C001", "SB1"), new("C002"))).Key;
        await warehouse.UnlinkAsync("C001");
        await warehouse.LinkAsync("C001", "SB2");
        await warehouse.LinkAsync("C002", "SB2");
        Assert.Equal(
            ["Scanned Link SB2 by system", "Scanned Unlink SB1 by system", $"Entered SB1 import {key}", $"Imported import {key}"],
            await BagAsync(warehouse, "C001"));
        Assert.Equal(["Scanned Link SB2 by system", $"Imported import {key}"], await BagAsync(warehouse, "C002"));
        Assert.Equal(["Scanned Unlink C001 by system", $"Imported import {key}"], await BagAsync(warehouse, "SB1"));
        Assert.DoesNotContain(await BagAsync(warehouse, "SB2"), line => line.StartsWith("Imported", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_import_that_moves_children_stands_in_the_histories_of_both_parents()
    {
        var warehouse = await OpenAsync();
        var first = (await warehouse.ImportAsync(new BagRow("SB1"), new("SB2"), new("C001", "SB1"), new("C002", "SB1"))).Key;
        await warehouse.UnlinkAsync("C002");
        var moved = (await warehouse.ImportWithAsync(OnExisting.Update, new BagRow("C001", "SB2"), new("C003", "SB1"))).Key;
        Assert.Equal(
            [$"Entered C003 import {moved}", $"Left C001 import {moved}", "Scanned Unlink C002 by system", $"Imported import {first}"],
            await BagAsync(warehouse, "SB1"));
        Assert.Equal([$"Entered C001 import {moved}", $"Imported import {first}"], await BagAsync(warehouse, "SB2"));
        Assert.Equal(
            [$"Entered SB2 import {moved}", $"Left SB1 import {moved}", $"Entered SB1 import {first}", $"Imported import {first}"],
            await BagAsync(warehouse, "C001"));
        await warehouse.LinkAsync("C002", "SB2");
        await warehouse.ImportWithAsync(OnExisting.Update, new BagRow("C001", "SB1"));
        Assert.Equal(["Entered C001", "Entered C003", "Left C001"], (await BagAsync(warehouse, "SB1")).Take(3).Select(line => line[..line.IndexOf(" import", StringComparison.Ordinal)]));
        Assert.StartsWith("Left C001 import", (await BagAsync(warehouse, "SB2"))[0], StringComparison.Ordinal);
        Assert.Equal(5, (await BagAsync(warehouse, "C001")).Count(line => !line.StartsWith("Imported", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_dispatcher_is_told_no_parent_that_has_gone_to_another_area_since()
    {
        var warehouse = await OpenAsync();
        var north = warehouse.Dispatcher("NORTH");
        await warehouse.LinkAsync("C001", "SB1", north);
        await warehouse.ObserveAsync("SB2", north);
        Rejected(ScanRejection.LinkedElsewhere, "SB1", await warehouse.LinkAsync("C001", "SB2", north));
        Assert.Contains("Scanned Link SB2 by dispatcher-NORTH refused LinkedElsewhere SB1", await BagAsync(warehouse, "C001", north));
        Recorded(await warehouse.RecordAsync(RecordScan.Relink(ScanId.New(), QrCode.Parse("C001"), QrCode.Parse("SB2"))));
        await warehouse.ImportWithAsync(OnExisting.Update, new BagRow("SB1", Area: "SOUTH"));
        Assert.Contains("Scanned Link SB2 by dispatcher-NORTH refused LinkedElsewhere", await BagAsync(warehouse, "C001", north));
        Assert.Contains("Scanned Link SB2 by dispatcher-NORTH refused LinkedElsewhere SB1", await BagAsync(warehouse, "C001"));
        var log = (await north.Scans.ListAsync(new() { Qr = QrCode.Parse("C001") }, PageRequest.First())).Items;
        Assert.Equal((null, QrCode.Parse("SB2")), log.Where(scan => scan.Rejection is not null).Select(scan => (scan.Fact, scan.ParentQr)).Single());
    }

    [Fact]
    public async Task A_bills_history_tells_who_did_what()
    {
        var warehouse = await OpenAsync(options => options.AllowIncompleteParents = true);
        await warehouse.CreateBillAsync("B1", capacity: 1, warehouse.Biller);
        await FailsAsync<ConflictException>(ErrorCodes.BillEmpty, () => warehouse.CompleteAsync("B1"));
        await warehouse.LoadAsync("SB1", "B1", warehouse.Biller);
        Rejected(ScanRejection.BillFull, "1/1", await warehouse.LoadAsync("SB2", "B1"));
        await warehouse.UnloadAsync("SB1");
        await warehouse.LoadAsync("SB1", "B1");
        var bill = await warehouse.CompleteAsync("B1");
        Assert.Equal(
            [
                "Completed by system", "Scanned Load SB1 by system", "Scanned Unload SB1 by system", "Scanned Load SB2 by system refused BillFull 1/1",
                "Scanned Load SB1 by biller-1", "Created by biller-1",
            ],
            await BillAsync(warehouse, "B1"));
        var page = await warehouse.System.History.OfBillAsync(bill.Number, PageRequest.First());
        Assert.Equal((bill.CompletedAt, bill.CreatedAt), (page.Items[0].At, page.Items[^1].At));
        Assert.All(page.Items, entry => Assert.Equal(bill.Number, entry.Bill));
    }

    [Fact]
    public async Task A_change_of_capacity_and_a_reopening_are_told_and_a_change_of_figures_is_not()
    {
        var warehouse = await OpenAsync(options => options.AllowIncompleteParents = true);
        await warehouse.CreateBillAsync("B1", 5);
        await warehouse.LoadAsync("SB1", "B1");
        await ChangeAsync(bill => bill with { Capacity = 7 });
        await warehouse.CompleteAsync("B1");
        await ChangeAsync(bill => bill with { Status = BillStatus.Processing, CompletedAt = null });
        await ChangeAsync(bill => bill with { ActualWeightKg = bill.ActualWeightKg });
        Assert.Equal(
            ["Reopened by carl", "Completed by system", "Resized by carl", "Scanned Load SB1 by system", "Created by system"],
            await BillAsync(warehouse, "B1"));

        async Task ChangeAsync(Func<Bill, Bill> change) => await warehouse.Port<IBillStore>().ChangeManyAsync(
            [BillNumber.Parse("B1")],
            states => [new(change(states[0].Bill) with { ChangedAt = states[0].Now }, null) { ActorId = "carl" }],
            CancellationToken.None);
    }

    [Fact]
    public async Task A_dispatcher_sees_a_bills_history_without_the_codes_of_other_areas()
    {
        var warehouse = await OpenAsync();
        var north = warehouse.Dispatcher("NORTH");
        await warehouse.ObserveAsync("SB1", north);
        await warehouse.ObserveAsync("SB2", warehouse.Dispatcher("SOUTH"));
        await warehouse.CreateBillAsync("B1");
        await warehouse.LoadAsync("SB1", "B1");
        await warehouse.LoadAsync("SB2", "B1");
        Rejected(ScanRejection.AlreadyOnBill, "B1", await warehouse.LoadAsync("SB2", "B1"));
        Assert.Equal(
            ["Scanned Load by system refused AlreadyOnBill", "Scanned Load by system", "Scanned Load SB1 by system", "Created by system"],
            await BillAsync(warehouse, "B1", north));
        Assert.Empty(await BillAsync(warehouse, "B1", warehouse.Dispatcher(null)));
    }

    [Fact]
    public async Task A_dispatcher_sees_the_own_areas_scans_of_a_bag_and_no_code_of_another()
    {
        var warehouse = await OpenAsync();
        var north = warehouse.Dispatcher("NORTH");
        await warehouse.LinkAsync("C001", "SB1", warehouse.Biller);
        await warehouse.ObserveAsync("C001", north);
        await warehouse.UnlinkAsync("C001", by: north);
        await warehouse.ObserveAsync("SB2", warehouse.Dispatcher("SOUTH"));
        await warehouse.LinkAsync("C002", "SB1", north);
        Assert.Equal(["Scanned Unlink SB1 by dispatcher-NORTH", "Scanned Observe by dispatcher-NORTH"], await BagAsync(warehouse, "C001", north));
        Assert.Equal(3, (await BagAsync(warehouse, "C001")).Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Pages_follow_each_other_in_both_directions_while_new_scans_come(int size)
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(new BagRow("SB1"), new("C001", "SB1"));
        for (var i = 0; i < 4; i++)
        {
            await warehouse.UnlinkAsync("C001");
            await warehouse.LinkAsync("C001", "SB1");
            await warehouse.UnlinkAsync("C001", "SB2");
        }

        foreach (var of in new[] { "C001", "SB1" })
        {
            var whole = (await warehouse.System.History.OfBagAsync(QrCode.Parse(of), PageRequest.First())).Items;
            var forward = await PagesAsync(of, size, backward: false);
            await warehouse.ObserveAsync("C002");
            var back = await PagesAsync(of, size, backward: true);
            Assert.Equal(whole, forward);
            Assert.Equal(whole, back);
            Assert.Equal(whole.Count, whole.Distinct().Count());
            Assert.Equal(whole.OrderByDescending(entry => entry.At).Select(entry => entry.At), whole.Select(entry => entry.At));
        }

        async Task<List<HistoryEntry>> PagesAsync(string of, int rows, bool backward)
        {
            var all = new List<HistoryEntry>();
            for (string? cursor = null; ;)
            {
                var page = await warehouse.System.History.OfBagAsync(
                    QrCode.Parse(of), backward ? PageRequest.Last(rows, cursor) : PageRequest.First(rows, cursor));
                all.InsertRange(backward ? 0 : all.Count, page.Items);
                if (!(backward ? page.HasPrevious : page.HasNext))
                    return all;
                cursor = MovedOn(cursor, backward ? page.StartCursor : page.EndCursor);
            }
        }
    }

    [Fact]
    public async Task A_bills_pages_follow_each_other_too()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        for (var i = 1; i <= 4; i++)
            await warehouse.LoadAsync($"SB{i}", "B1");
        var number = BillNumber.Parse("B1");
        var whole = (await warehouse.System.History.OfBillAsync(number, PageRequest.First())).Items;
        var first = await warehouse.System.History.OfBillAsync(number, PageRequest.First(3));
        var rest = await warehouse.System.History.OfBillAsync(number, PageRequest.First(3, first.EndCursor));
        var back = await warehouse.System.History.OfBillAsync(number, PageRequest.Last(3, rest.StartCursor));
        Assert.Equal(whole, first.Items.Concat(rest.Items));
        Assert.Equal(first.Items, back.Items);
        Assert.False(rest.HasNext);
    }

    [Fact]
    public async Task A_cursor_of_another_bags_history_is_refused()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C001", "SB1");
        var page = await warehouse.System.History.OfBagAsync(QrCode.Parse("C001"), PageRequest.First());
        foreach (var cursor in new[] { page.EndCursor, "x" })
        {
            await FailsAsync<InvalidInputException>(
                ErrorCodes.InvalidCursor, () => warehouse.System.History.OfBagAsync(QrCode.Parse("SB1"), PageRequest.First(1, cursor)).AsTask());
        }
    }

    private static async Task<string[]> BagAsync(Warehouse warehouse, string qr, ITracker? by = null) =>
        [.. (await (by ?? warehouse.System).History.OfBagAsync(QrCode.Parse(qr), PageRequest.First())).Items.Select(entry => Show(entry))];

    private static async Task<string[]> BillAsync(Warehouse warehouse, string number, ITracker? by = null) =>
        [.. (await (by ?? warehouse.System).History.OfBillAsync(BillNumber.Parse(number), PageRequest.First())).Items.Select(entry => Show(entry with { Bill = null }))];

    private static string Show(HistoryEntry entry) => string.Join(' ', new[]
    {
        $"{entry.Kind}", $"{entry.Action}", $"{entry.OtherBag}", $"{entry.Bill}", entry.ActorId is { } actor ? $"by {actor}" : "",
        entry.Rejection is { } rejection ? $"refused {rejection}" : "", entry.Fact, entry.ImportId is { } import ? $"import {import}" : "",
    }.Where(part => !string.IsNullOrEmpty(part)));
}
