using TraceTrack.Bags;
using TraceTrack.Exports;
using TraceTrack.Imports;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

public abstract class ExportContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    private static readonly BagRow[] Rows =
    [
        new("SB9", Area: "NORTH"), new("C-2", "SB9", null, 0.5m), new("C.1", "SB9"), new("SB10"), new("C_3", "SB10", null, 12.345m),
        new("C:4", null, "A/B-C_D.E:F"), new("A05", null, null, 0m), new("Z06", null, "NORTH", 1_000_000m),
    ];

    [Fact]
    public async Task Parents_are_written_first_and_then_children_each_by_code()
    {
        var warehouse = await FilledAsync();
        Assert.Equal(
            """
            qr,parent,area,weight_kg
            SB10,,,
            SB9,,NORTH,
            A05,,,0.000
            C-2,SB9,NORTH,0.500
            C.1,SB9,NORTH,1.000
            C:4,,A/B-C_D.E:F,1.000
            C_3,SB10,,12.345
            Z06,,NORTH,1000000.000

            """.ReplaceLineEndings("\n"),
            await ExportAsync(warehouse.System, ExportFormat.Csv, expected: 8));
    }

    [Fact]
    public async Task A_line_of_JSON_leaves_out_what_the_bag_does_not_have()
    {
        var warehouse = await FilledAsync();
        Assert.Equal(
            """
            {"qr":"SB10"}
            {"qr":"SB9","area":"NORTH"}
            {"qr":"A05","weightKg":0.000}
            {"qr":"C-2","parent":"SB9","area":"NORTH","weightKg":0.500}
            {"qr":"C.1","parent":"SB9","area":"NORTH","weightKg":1.000}
            {"qr":"C:4","area":"A/B-C_D.E:F","weightKg":1.000}
            {"qr":"C_3","parent":"SB10","weightKg":12.345}
            {"qr":"Z06","area":"NORTH","weightKg":1000000.000}

            """.ReplaceLineEndings("\n"),
            await ExportAsync(warehouse.System, ExportFormat.NdJson, expected: 8));
    }

    [Fact]
    public async Task A_store_without_bags_gives_a_heading_or_nothing()
    {
        var warehouse = await OpenAsync();
        Assert.Equal(ExportCsv.Heading + "\n", await ExportAsync(warehouse.System, ExportFormat.Csv, expected: 0));
        Assert.Equal("", await ExportAsync(warehouse.System, ExportFormat.NdJson, expected: 0));
    }

    [Fact]
    public async Task A_filter_chooses_the_bags_that_a_list_shows()
    {
        var warehouse = await OpenSmallAsync(o => o.AllowIncompleteParents = true);
        await warehouse.ImportAsync(
            new BagRow("SB1", Area: "NORTH"), new("C11", "SB1"), new("C12", "SB1"), new("C13", "SB1"), new("SB2", Area: "NORTH"), new("C21", "SB2"),
            new("SB3", Area: "SOUTH"), new("C31", "SB3"), new("SB4", Area: "SOUTH"), new("C41", "SB4"), new("SB5"), new("L01"), new("L02", Area: "NORTH"));
        await warehouse.CreateBillAsync("B1");
        await warehouse.CreateBillAsync("B2");
        Recorded(await warehouse.LoadAsync("SB2", "B1"));
        Recorded(await warehouse.LoadAsync("SB3", "B2"));
        await warehouse.CompleteAsync("B2");
        var chosen = 0;
        var loaded = (await warehouse.BagAsync("SB4")).CreatedAt;
        foreach (var filter in ManyFilters().Concat(FiltersByBillAndTime(loaded)))
        {
            var listed = (await warehouse.AllBagsAsync(filter)).OrderBy(bag => bag.Kind).Select(bag => bag.Qr.Value).ToArray();
            var text = await ExportAsync(warehouse.System, ExportFormat.Csv, listed.Length, filter);
            Assert.True(listed.SequenceEqual(CodesOf(text)), $"{filter}: {string.Join(' ', listed)} are listed, exported was {text}");
            chosen += listed.Length;
        }

        Assert.True(chosen > 100);
    }

    [Fact]
    public async Task Everyone_exports_what_they_may_read()
    {
        var warehouse = await FilledAsync();
        string[] north = ["SB9", "C-2", "C.1", "Z06"];
        Assert.Equal(8, CodesOf(await ExportAsync(warehouse.Admin, ExportFormat.Csv, 8)).Length);
        Assert.Equal(8, CodesOf(await ExportAsync(warehouse.Biller, ExportFormat.Csv, 8)).Length);
        Assert.Equal(north, CodesOf(await ExportAsync(warehouse.Biller, ExportFormat.Csv, 4, new() { Area = " north " })));
        Assert.Equal(north, CodesOf(await ExportAsync(warehouse.Dispatcher("NORTH"), ExportFormat.Csv, 4)));
        Assert.Equal(north, CodesOf(await ExportAsync(warehouse.Dispatcher("NORTH"), ExportFormat.Csv, 4, new() { Area = "North" })));
        Assert.Equal(ExportCsv.Heading + "\n", await ExportAsync(warehouse.Dispatcher("NORTH"), ExportFormat.Csv, 0, new() { Area = "A/B-C_D.E:F" }));
        Assert.Equal(ExportCsv.Heading + "\n", await ExportAsync(warehouse.Dispatcher("NORTH"), ExportFormat.Csv, 0, new() { Parent = QrCode.Parse("SB10") }));
        Assert.Equal(ExportCsv.Heading + "\n", await ExportAsync(warehouse.Dispatcher(null), ExportFormat.Csv, 0));
        Assert.Equal("", await ExportAsync(warehouse.Dispatcher(null), ExportFormat.NdJson, 0));
    }

    [Fact]
    public async Task An_area_that_is_none_is_refused_before_anything_is_written()
    {
        var warehouse = await FilledAsync();
        var destination = new ExportDestination();
        await FailsAsync<InvalidInputException>(
            ErrorCodes.InvalidArea, () => warehouse.System.Exports.ExportAsync(new() { Area = "no area!" }, ExportFormat.Csv, destination).AsTask());
        Assert.Equal(0, destination.Length);
    }

    [Fact]
    public async Task Bags_are_written_as_they_stood_at_one_moment()
    {
        var warehouse = await FilledAsync();
        var before = await ExportAsync(warehouse.System, ExportFormat.Csv, 8);
        var destination = new ExportDestination
        {
            BeforeFirst = async () =>
            {
                await warehouse.ObserveAsync("NEW");
                Recorded(await warehouse.UnlinkAsync("C.1"));
                Recorded(await warehouse.LinkAsync("A05", "SB10"));
            },
        };
        Assert.Equal(8, await warehouse.System.Exports.ExportAsync(BagFilter.All, ExportFormat.Csv, destination));
        Assert.Equal(before, destination.Text);
        Assert.Equal(9, (await warehouse.TotalsAsync()).Bags);
    }

    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.NdJson)]
    public async Task What_was_exported_imports_as_the_same_bags(ExportFormat format)
    {
        var first = await OpenSmallAsync();
        await first.ImportAsync([.. ManyRows(3_000)]);
        // Scans as well: what they leave behind is the same as what an import does.
        await first.LinkAsync("SCAN-1", "SB70001", first.Dispatcher("SOUTH"));
        await first.UnlinkAsync("C00001");
        await first.ObserveAsync("SCAN-2");
        var count = (await first.TotalsAsync()).Bags;
        var text = await ExportAsync(first.System, format, count);

        var second = await OpenSmallAsync();
        var report = await second.ImportAsync([.. ExportReader.Rows(text, format)]);
        Assert.Equal((count, 0L), (report.RowsRead, report.RejectedRows));
        Assert.Equal(text, await ExportAsync(second.System, format, count));
        Assert.Equal((await first.AllBagsAsync()).Select(Facts), (await second.AllBagsAsync()).Select(Facts));
        await Consistency.AssertHoldsAsync(second);
    }

    [Fact]
    public async Task An_export_that_is_cancelled_ends_and_leaves_the_store_at_work()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.ImportAsync([.. ManyRows(20_000)]);
        using var cancel = new CancellationTokenSource();
        var destination = new ExportDestination { AfterFirst = cancel.CancelAsync };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => warehouse.System.Exports.ExportAsync(BagFilter.All, ExportFormat.NdJson, destination, null, cancel.Token).AsTask());
        Assert.InRange(destination.Length, 1, 500_000);
        await ExportAsync(warehouse.System, ExportFormat.NdJson, (await warehouse.TotalsAsync()).Bags);
    }

    [Fact]
    public async Task What_the_destination_throws_ends_the_export()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.ImportAsync([.. ManyRows(20_000)]);
        for (var i = 0; i < 3; i++)
        {
            var destination = new ExportDestination { AfterFirst = () => throw new FormatException("full") };
            await Assert.ThrowsAsync<FormatException>(() => warehouse.System.Exports.ExportAsync(BagFilter.All, ExportFormat.Csv, destination).AsTask());
        }

        await ExportAsync(warehouse.System, ExportFormat.Csv, (await warehouse.TotalsAsync()).Bags);
    }

    [Fact]
    public async Task Progress_counts_the_bags_written()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.ImportAsync([.. ManyRows(60_000)]);
        var bags = (await warehouse.TotalsAsync()).Bags;
        var seen = new List<ExportProgress>();
        await warehouse.System.Exports.ExportAsync(BagFilter.All, ExportFormat.Csv, Stream.Null, new Recorder(seen));
        Assert.True(seen.Count >= 2);
        Assert.Equal(seen.OrderBy(one => one.RowsWritten), seen);
        Assert.Equal(bags, seen[^1].RowsWritten);
        Assert.InRange(seen[0].RowsWritten, 50_000, 55_000);
    }

    [Fact]
    public async Task A_format_that_does_not_exist_is_refused()
    {
        var warehouse = await OpenAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => warehouse.System.Exports.ExportAsync(BagFilter.All, (ExportFormat)7, Stream.Null).AsTask());
    }

    private async Task<Warehouse> FilledAsync()
    {
        var warehouse = await OpenAsync();
        var report = await warehouse.ImportAsync(Rows);
        Assert.Equal(0, report.RejectedRows);
        return warehouse;
    }

    /// <summary>Every kind with every status, area and parent.</summary>
    private static IEnumerable<BagFilter> ManyFilters() =>
        from kind in new BagKind?[] { null, BagKind.Parent, BagKind.Child }
        from status in Enum.GetValues<BagStatus>().Cast<BagStatus?>().Append(null)
        from area in new[] { null, "north", "SOUTH", "EAST" }
        from parent in new[] { null, "SB1", "SB3", "SB5", "SB99" }
        select new BagFilter { Kind = kind, Status = status, Area = area, Parent = parent is null ? null : QrCode.Parse(parent) };

    private static IEnumerable<BagFilter> FiltersByBillAndTime(DateTimeOffset time) =>
        from kind in new BagKind?[] { null, BagKind.Parent, BagKind.Child }
        from status in new BagStatus?[] { null, BagStatus.Billed, BagStatus.Dispatched }
        from bill in new[] { null, "B1", "B2", "B9" }
        from created in new TimeRange[] { default, new(time, null), new(null, time), new(time, time.AddTicks(1)), new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue) }
        select new BagFilter { Kind = kind, Status = status, Bill = bill is null ? null : Bills.BillNumber.Parse(bill), Created = created };

    /// <summary>Loose and linked children of parents that are empty, filled in part and full.</summary>
    private static IEnumerable<BagRow> ManyRows(int children)
    {
        for (var i = 0; i < children / 3; i++)
            yield return new($"SB{i + 70_000}", Area: i % 4 == 0 ? null : "NORTH");
        for (var i = 0; i < children; i++)
            yield return new($"C{i:00000}", i % 5 == 4 ? null : $"SB{(i / 3) + 70_000}", i % 7 == 0 ? "EAST" : null, i % 3 == 0 ? i * 0.001m : null);
    }

    private static async Task<string> ExportAsync(ITracker by, ExportFormat format, long expected, BagFilter? filter = null)
    {
        var destination = new ExportDestination();
        Assert.Equal(expected, await by.Exports.ExportAsync(filter ?? BagFilter.All, format, destination));
        Assert.True(destination.IsFlushed);
        return destination.Text;
    }

    private static string[] CodesOf(string csv) => [.. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[0])];

    private static object Facts(Bag bag) =>
        (bag.Qr, bag.Kind, bag.Status, bag.Area, bag.WeightKg, bag.ChildCount, bag.ContentWeightKg, bag.ParentQr, bag.BillNumber);

    private sealed class Recorder(List<ExportProgress> seen) : IProgress<ExportProgress>
    {
        public void Report(ExportProgress value) => seen.Add(value);
    }
}
