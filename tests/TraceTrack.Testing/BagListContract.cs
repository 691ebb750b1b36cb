using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Imports;
using TraceTrack.Paging;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>Lists and search of bags.</summary>
public abstract class BagListContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task A_store_without_bags_lists_none()
    {
        var warehouse = await OpenAsync();
        var page = await warehouse.System.Bags.ListAsync(BagFilter.All, PageRequest.First());
        Assert.Empty(page.Items);
        Assert.Equal((false, false, null, null), (page.HasNext, page.HasPrevious, page.StartCursor, page.EndCursor));
        Assert.Empty((await warehouse.System.Bags.ListAsync(BagFilter.All, PageRequest.Last())).Items);
        Assert.Empty(await warehouse.SearchAsync("SB0"));
    }

    [Fact]
    public async Task Bags_are_listed_by_code_unit_and_not_as_a_dictionary_would()
    {
        var warehouse = await OpenAsync();
        string[] ordered = ["A-1", "A.1", "A/1", "A01", "A10", "A20", "A:1", "AA1", "A_1", "SB1", "SB10", "SB2", "Z-Z"];
        foreach (var qr in ordered.Reverse())
            await warehouse.ObserveAsync(qr);
        Assert.Equal(ordered, await warehouse.ListAsync(BagFilter.All));
    }

    [Fact]
    public async Task Pages_follow_each_other_forward_without_gap_or_repeat()
    {
        var warehouse = await Imported(7);
        var first = await Page(warehouse, PageRequest.First(3));
        var second = await Page(warehouse, PageRequest.First(3, first.EndCursor));
        var third = await Page(warehouse, PageRequest.First(3, second.EndCursor));
        Assert.Equal(("C001,C002,C003", true, false), Shown(first));
        Assert.Equal(("C004,C005,C006", true, true), Shown(second));
        Assert.Equal(("C007", false, true), Shown(third));
    }

    [Fact]
    public async Task Pages_follow_each_other_backward_in_the_order_of_the_list()
    {
        var warehouse = await Imported(7);
        var last = await Page(warehouse, PageRequest.Last(3));
        var middle = await Page(warehouse, PageRequest.Last(3, last.StartCursor));
        var first = await Page(warehouse, PageRequest.Last(3, middle.StartCursor));
        Assert.Equal(("C005,C006,C007", false, true), Shown(last));
        Assert.Equal(("C002,C003,C004", true, true), Shown(middle));
        Assert.Equal(("C001", true, false), Shown(first));
    }

    [Fact]
    public async Task A_page_that_ends_with_the_list_has_no_next()
    {
        var warehouse = await Imported(3);
        Assert.Equal(("C001,C002,C003", false, false), Shown(await Page(warehouse, PageRequest.First(3))));
        Assert.Equal(("C001,C002,C003", false, false), Shown(await Page(warehouse, PageRequest.Last(3))));
    }

    [Fact]
    public async Task Beyond_the_last_row_a_page_is_empty()
    {
        var warehouse = await Imported(3);
        var all = await Page(warehouse, PageRequest.First(3));
        Assert.Equal(("", false, true), Shown(await Page(warehouse, PageRequest.First(3, all.EndCursor))));
        Assert.Equal(("", true, false), Shown(await Page(warehouse, PageRequest.Last(3, all.StartCursor))));
    }

    [Fact]
    public async Task Every_row_has_a_cursor_to_go_on_from_in_both_directions()
    {
        var warehouse = await Imported(5);
        var all = await Page(warehouse, PageRequest.First(5));
        Assert.Equal(5, all.Cursors.Distinct().Count());
        Assert.Equal("C004,C005", Shown(await Page(warehouse, PageRequest.First(9, all.Cursors[2]))).Codes);
        Assert.Equal("C001,C002", Shown(await Page(warehouse, PageRequest.Last(9, all.Cursors[2]))).Codes);
    }

    [Fact]
    public async Task Rows_added_meanwhile_neither_shift_nor_repeat_what_was_shown()
    {
        var warehouse = await Imported(6);
        var first = await Page(warehouse, PageRequest.First(3));
        await warehouse.ObserveAsync("C000");
        await warehouse.ObserveAsync("C002A");
        await warehouse.ObserveAsync("C004A");
        Assert.Equal("C004,C004A,C005", Shown(await Page(warehouse, PageRequest.First(3, first.EndCursor))).Codes);
        Assert.Equal("C001,C002,C002A", Shown(await Page(warehouse, PageRequest.Last(3, first.EndCursor))).Codes);
    }

    [Fact]
    public async Task Two_hundred_rows_make_the_largest_page()
    {
        var warehouse = await Imported(203);
        var page = await Page(warehouse, PageRequest.First(200));
        Assert.Equal((200, true), (page.Items.Count, page.HasNext));
        var rest = await Page(warehouse, PageRequest.First(200, page.EndCursor));
        Assert.Equal(("C201,C202,C203", false, true), Shown(rest));
    }

    [Fact]
    public async Task A_filter_by_kind_shows_that_kind_only_in_both_directions()
    {
        var warehouse = await OpenAsync();
        foreach (var qr in new[] { "C001", "SB2", "Z001", "SB1", "A001", "SB3" })
            await warehouse.ObserveAsync(qr);
        var parents = new BagFilter { Kind = BagKind.Parent };
        Assert.Equal(["SB1", "SB2", "SB3"], await warehouse.ListAsync(parents));
        Assert.Equal(["A001", "C001", "Z001"], await warehouse.ListAsync(new() { Kind = BagKind.Child }));
        var last = await warehouse.System.Bags.ListAsync(parents, PageRequest.Last(2));
        Assert.Equal(("SB2,SB3", false, true), Shown(last));
        Assert.Equal(("SB1", true, false), Shown(await warehouse.System.Bags.ListAsync(parents, PageRequest.Last(2, last.StartCursor))));
    }

    [Fact]
    public async Task A_filter_by_status_goes_by_the_status_people_see()
    {
        var warehouse = await OpenSmallAsync(o => o.AllowIncompleteParents = true);
        await warehouse.CreateBillAsync("B1");
        await warehouse.CreateBillAsync("B2");
        await warehouse.ObserveAsync("LOOSE");
        await warehouse.ObserveAsync("SB10");
        await warehouse.LinkAsync("C20", "SB200");
        await warehouse.FillAsync("SB300", 3);
        await warehouse.LinkAsync("C400", "SB400");
        await warehouse.LoadAsync("SB400", "B1");
        await warehouse.LinkAsync("C500", "SB500");
        await warehouse.LoadAsync("SB500", "B2");
        await warehouse.CompleteAsync("B2");
        await Expect(BagStatus.Pending, "LOOSE,SB10,SB200");
        await Expect(BagStatus.Linked, "C20,SB300-C01,SB300-C02,SB300-C03");
        await Expect(BagStatus.Completed, "SB300");
        await Expect(BagStatus.Billed, "C400,SB400");
        await Expect(BagStatus.Dispatched, "C500,SB500");

        async Task Expect(BagStatus status, string codes)
        {
            var bags = await warehouse.AllBagsAsync(new() { Status = status });
            Assert.Equal(codes, string.Join(',', Codes(bags)));
            Assert.All(bags, bag => Assert.Equal(status, bag.Status));
            var backward = await warehouse.System.Bags.ListAsync(new() { Status = status }, PageRequest.Last());
            Assert.Equal(codes, Shown(backward).Codes);
        }
    }

    [Fact]
    public async Task A_filter_by_status_and_kind_pages_through_billed_children()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.FillAsync("SB100", 3);
        await warehouse.FillAsync("SB200", 3);
        await warehouse.FillAsync("SB300", 3);
        await warehouse.LoadAsync("SB100", "B1");
        await warehouse.LoadAsync("SB300", "B1");
        var filter = new BagFilter { Status = BagStatus.Billed, Kind = BagKind.Child };
        var first = await warehouse.System.Bags.ListAsync(filter, PageRequest.First(4));
        Assert.Equal(("SB100-C01,SB100-C02,SB100-C03,SB300-C01", true, false), Shown(first));
        Assert.Equal(("SB300-C02,SB300-C03", false, true), Shown(await warehouse.System.Bags.ListAsync(filter, PageRequest.First(4, first.EndCursor))));
        Assert.Empty(await warehouse.ListAsync(filter with { Status = BagStatus.Completed }));
    }

    [Fact]
    public async Task A_filter_by_parent_shows_its_children_page_by_page()
    {
        var warehouse = await OpenAsync();
        await warehouse.FillAsync("SB100", 5);
        await warehouse.FillAsync("SB200", 2);
        var filter = new BagFilter { Parent = QrCode.Parse("SB100") };
        var first = await warehouse.System.Bags.ListAsync(filter, PageRequest.First(3));
        Assert.Equal(("SB100-C01,SB100-C02,SB100-C03", true, false), Shown(first));
        Assert.Equal(("SB100-C04,SB100-C05", false, true), Shown(await warehouse.System.Bags.ListAsync(filter, PageRequest.First(3, first.EndCursor))));
        Assert.Equal(("SB100-C04,SB100-C05", false, true), Shown(await warehouse.System.Bags.ListAsync(filter, PageRequest.Last(2))));
        Assert.Equal(("SB100-C01,SB100-C02", true, false), Shown(await warehouse.System.Bags.ListAsync(filter, PageRequest.Last(9, first.EndCursor))));
        Assert.Empty(await warehouse.ListAsync(new() { Parent = QrCode.Parse("SB999") }));
        Assert.Empty(await warehouse.ListAsync(filter with { Kind = BagKind.Parent }));
    }

    [Fact]
    public async Task A_filter_by_area_is_normalised_and_shows_that_area_only()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(
            new BagRow("C001", Area: "north"), new BagRow("C002", Area: "SOUTH"), new BagRow("C003"), new BagRow("C004", Area: " North "));
        Assert.Equal(["C001", "C004"], await warehouse.ListAsync(new() { Area = "nOrTh" }));
        Assert.Equal(["C002"], await warehouse.ListAsync(new() { Area = "SOUTH" }));
        Assert.Empty(await warehouse.ListAsync(new() { Area = "EAST" }));
        Assert.Equal(4, (await warehouse.ListAsync(new() { Area = " " })).Length);
        await FailsAsync<InvalidInputException>(ErrorCodes.InvalidArea, () => warehouse.ListAsync(new() { Area = "no area!" }));
    }

    [Fact]
    public async Task All_parts_of_a_filter_must_hold_together()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(
            new BagRow("SB100", Area: "NORTH"), new BagRow("SB200", Area: "SOUTH"),
            new BagRow("C001", "SB100"), new BagRow("C002", "SB200"), new BagRow("C003", Area: "NORTH"));
        Assert.Equal(["C001"], await warehouse.ListAsync(new() { Kind = BagKind.Child, Area = "NORTH", Status = BagStatus.Linked }));
        Assert.Equal(["C002"], await warehouse.ListAsync(new() { Parent = QrCode.Parse("SB200"), Area = "SOUTH" }));
        Assert.Empty(await warehouse.ListAsync(new() { Parent = QrCode.Parse("SB200"), Area = "NORTH" }));
    }

    [Fact]
    public async Task A_cursor_of_another_filter_is_refused()
    {
        var warehouse = await Imported(3);
        var cursor = (await Page(warehouse, PageRequest.First(1))).EndCursor!;
        BagFilter[] others =
        [
            new() { Kind = BagKind.Child }, new() { Status = BagStatus.Pending }, new() { Area = "NORTH" }, new() { Parent = QrCode.Parse("SB1") },
        ];
        foreach (var filter in others)
        {
            await FailsAsync<InvalidInputException>(
                ErrorCodes.InvalidCursor, () => warehouse.System.Bags.ListAsync(filter, PageRequest.First(1, cursor)).AsTask());
        }
    }

    [Fact]
    public async Task A_cursor_of_the_list_of_bills_or_of_another_actors_area_is_refused()
    {
        var warehouse = await Imported(3);
        await warehouse.CreateBillAsync("B1");
        var ofBills = (await warehouse.System.Bills.ListAsync(BillFilter.All, PageRequest.First())).EndCursor!;
        var ofAll = (await Page(warehouse, PageRequest.First(1))).EndCursor!;
        await FailsAsync<InvalidInputException>(ErrorCodes.InvalidCursor, () => Page(warehouse, PageRequest.First(1, ofBills)));
        await FailsAsync<InvalidInputException>(
            ErrorCodes.InvalidCursor,
            () => warehouse.Dispatcher("NORTH").Bags.ListAsync(BagFilter.All, PageRequest.First(1, ofAll)).AsTask());
    }

    [Theory]
    [InlineData("")]
    [InlineData("C001")]
    [InlineData("!!!!")]
    [InlineData("AAAAAAAAAAAAAAAA")]
    public async Task A_damaged_cursor_is_refused(string cursor)
    {
        var warehouse = await Imported(2);
        await FailsAsync<InvalidInputException>(ErrorCodes.InvalidCursor, () => Page(warehouse, PageRequest.First(1, cursor)));
    }

    [Fact]
    public async Task Search_gives_codes_that_begin_with_the_text_before_codes_that_hold_it()
    {
        var warehouse = await OpenAsync();
        foreach (var qr in new[] { "XABC2", "ABC9", "ABC10", "AABC", "SB77", "ABCABC", "AB-C" })
            await warehouse.ObserveAsync(qr);
        Assert.Equal(["ABC10", "ABC9", "ABCABC", "AABC", "XABC2"], await warehouse.SearchAsync("abc"));
        Assert.Equal(["ABC10", "ABC9", "ABCABC", "AABC"], await warehouse.SearchAsync("ABC", 4));
        Assert.Equal(["ABC10"], await warehouse.SearchAsync("ABC", 1));
    }

    [Fact]
    public async Task Search_by_fewer_than_three_characters_looks_at_the_beginning_only()
    {
        var warehouse = await OpenAsync();
        foreach (var qr in new[] { "XAB1", "AB12", "A123", "SB77" })
            await warehouse.ObserveAsync(qr);
        Assert.Equal(["AB12"], await warehouse.SearchAsync("AB"));
        Assert.Equal(["A123", "AB12"], await warehouse.SearchAsync("A"));
        Assert.Empty(await warehouse.SearchAsync("B1"));
        Assert.Equal(["AB12", "XAB1"], await warehouse.SearchAsync("AB1"));
    }

    [Fact]
    public async Task Search_takes_every_character_for_itself_and_none_for_a_wildcard()
    {
        var warehouse = await OpenAsync();
        foreach (var qr in new[] { "A_B1", "AXB1", "1A_B", "1AXB", "A.B1", "1A.B" })
            await warehouse.ObserveAsync(qr);
        Assert.Equal(["A_B1", "1A_B"], await warehouse.SearchAsync("A_B"));
        Assert.Equal(["A.B1", "1A.B"], await warehouse.SearchAsync("A.B"));
        Assert.Equal(["A_B1"], await warehouse.SearchAsync("A_"));
    }

    [Fact]
    public async Task Search_by_a_whole_code_finds_it_first()
    {
        var warehouse = await OpenAsync();
        foreach (var qr in new[] { "SB100", "SB1000", "SB1", "C-SB100" })
            await warehouse.ObserveAsync(qr);
        Assert.Equal(["SB100", "SB1000", "C-SB100"], await warehouse.SearchAsync(" sb100 "));
    }

    [Fact]
    public async Task Search_by_a_long_text_finds_only_codes_that_hold_all_of_it()
    {
        var warehouse = await OpenAsync();
        foreach (var qr in new[] { "X-LONG123456", "Y-SHORT123456", "1LONG1234567", "LONG-1.2.3.4", "X-LONG-1.2.3.4", "X-SHORT-1.2.3.4" })
            await warehouse.ObserveAsync(qr);
        Assert.Equal(["1LONG1234567", "X-LONG123456"], await warehouse.SearchAsync("LONG123456"));
        Assert.Equal(["LONG-1.2.3.4", "X-LONG-1.2.3.4"], await warehouse.SearchAsync("LONG-1.2.3.4"));
        Assert.Empty(await warehouse.SearchAsync("WRONG123456"));
    }

    [Fact]
    public async Task Search_refuses_text_that_no_code_holds()
    {
        var warehouse = await OpenAsync();
        foreach (var text in new[] { "", "   ", "a b", "50%", "é", new string('A', 65) })
            await FailsAsync<InvalidInputException>(ErrorCodes.InvalidSearch, () => warehouse.SearchAsync(text));
        await FailsAsync<InvalidInputException>(ErrorCodes.InvalidPage, () => warehouse.SearchAsync("SB1", 0));
        await FailsAsync<InvalidInputException>(ErrorCodes.InvalidPage, () => warehouse.SearchAsync("SB1", 201));
    }

    private async Task<Warehouse> Imported(int children)
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync([.. Enumerable.Range(1, children).Select(i => new BagRow($"C{i:000}"))]);
        return warehouse;
    }

    private static Task<Page<Bag>> Page(Warehouse warehouse, PageRequest request) => warehouse.System.Bags.ListAsync(BagFilter.All, request).AsTask();

    private static (string Codes, bool HasNext, bool HasPrevious) Shown(Page<Bag> page) =>
        (string.Join(',', Codes(page.Items)), page.HasNext, page.HasPrevious);
}
