using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Bags;
using TraceTrack.Imports;
using TraceTrack.Testing;

namespace TraceTrack.Postgres.Tests.Imports;

/// <summary>Files with every kind of dirt, compared with the in-memory importer as the model, and files whose dirt is larger than memory buffers.</summary>
public sealed class DirtyFileTests(PostgresServer server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1_000, 60)]
    [InlineData(2_000, 400)]
    public async Task Random_dirty_files_come_out_as_in_memory(int firstSeed, int rows)
    {
        for (var seed = firstSeed; seed < firstSeed + 25; seed++)
        {
            var file = DirtyFile.Of(new Random(seed), rows, contradictions: seed % 2).Rows().ToArray();
            await using var store = await PostgresStore.CreateAsync(server, Small);
            await using var memory = new ServiceCollection().AddTraceTrack(Small).UseInMemory().Services.BuildServiceProvider();
            var (expected, actual) = (await OutcomeAsync(new(memory), file), await OutcomeAsync(new(store.Services), file));
            Assert.True(expected == actual, $"Seed {seed}{Environment.NewLine}model:{Environment.NewLine}{expected}{Environment.NewLine}store:{Environment.NewLine}{actual}");
        }

        static void Small(TraceTrackOptions options) => options.ParentCapacity = 3;
    }

    [Fact]
    public async Task Refused_rows_beyond_what_is_kept_in_memory_are_all_told_in_order()
    {
        const int Rows = 40_000;
        await using var store = await PostgresStore.CreateAsync(server);
        var imports = new Warehouse(store.Services).System.Imports;
        // 60 characters each, so that the file on disk is used, and read in pieces that end within a row.
        var file = Enumerable.Range(1, Rows).Select(i => i % 2 == 0
            ? new BagRow($"not a code! {i:000000} ✓✓✓ {new string('x', 40)}")
            : new BagRow($" c{i / 4:00000000}-with-a-tail-that-makes-it-long "));
        var report = await imports.ImportAsync(file.ToAsyncEnumerable(), new(), cancellationToken: Stop);
        Assert.Equal(Rows / 2, report.Rejected[RowReason.InvalidQrCode]);
        Assert.Equal(Rows / 4, report.Rejected[RowReason.DuplicateInFile]);
        Assert.Equal(Rows / 4, report.Children);
        var results = await imports.ReadResultsAsync(report.ImportId, Stop).ToListAsync(Stop);
        Assert.Equal(results.Select(result => result.Ordinal).Order(), results.Select(result => result.Ordinal));
        Assert.Equal(Rows * 3 / 4, results.Count);
        Assert.All(results, result => Assert.Equal(
            result.Reason == RowReason.InvalidQrCode
                ? $"not a code! {result.Ordinal:000000} ✓✓✓ {new string('x', 40)}"
                : $" c{result.Ordinal / 4:00000000}-with-a-tail-that-makes-it-long ",
            result.Qr));
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "tracetrack-import-*"));
    }

    [Fact]
    public async Task A_parent_that_a_whole_file_names_takes_the_first_and_refuses_the_rest()
    {
        // More than the column of counts holds.
        const int Rows = 40_000;
        await using var store = await PostgresStore.CreateAsync(server);
        var warehouse = new Warehouse(store.Services);
        var file = Enumerable.Range(1, Rows).Select(i => new BagRow($"C{i % (Rows - 1):00000}", "SB1")).Append(new("SB1", Area: "north"));
        var report = await warehouse.System.Imports.ImportAsync(file.ToAsyncEnumerable(), new(), cancellationToken: Stop);
        Assert.Equal((30L, 1L, 30L), (report.Children, report.Parents, report.Linked));
        Assert.Equal((1L, Rows - 31L), (report.Rejected[RowReason.DuplicateInFile], report.Rejected[RowReason.ParentFull]));
        var parent = await warehouse.BagAsync("SB1");
        Assert.Equal((30, 30m, BagStatus.Completed), (parent.ChildCount, parent.ContentWeightKg, parent.Status));
        Assert.Equal(Enumerable.Range(1, 30).Select(i => $"C{i:00000}"), Warehouse.Codes(await warehouse.ChildrenAsync("SB1")));
        Assert.All(await warehouse.ChildrenAsync("SB1"), child => Assert.Equal("NORTH", child.Area));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task Ids_follow_the_file_and_are_never_given_again()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var warehouse = new Warehouse(store.Services);
        await warehouse.ImportAsync(new BagRow("C1A", "SB1"), new("C2A"), new("SB1"), new("x!"), new("C3A"));
        string[] inOrder = ["SB1", "C1A", "C2A", "C3A"];
        var ids = new List<long>();
        foreach (var code in inOrder)
            ids.Add((await warehouse.BagAsync(code)).Id);
        Assert.Equal(ids.Order(), ids);
        await warehouse.ObserveAsync("C4A");
        Assert.True((await warehouse.BagAsync("C4A")).Id > ids[^1]);
    }

    [Fact]
    public async Task An_import_that_moves_a_child_closes_its_stay()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var warehouse = new Warehouse(store.Services);
        var first = await warehouse.ImportAsync(new BagRow("SB1"), new("SB2"), new("C1A", "SB1"), new("C2A"));
        var before = await warehouse.BagAsync("C1A");
        await warehouse.ImportWithAsync(OnExisting.Update, new BagRow("C1A", "SB2"), new("C2A", "SB2"));
        var after = await warehouse.BagAsync("C1A");
        Assert.Equal(
            (before.Id, before.ParentId, before.LinkedAt, after.LinkedAt, first.Key),
            (await OneAsync<long>("child_id"), await OneAsync<long>("parent_id"), await TimeAsync("linked_at"), await TimeAsync("unlinked_at"), await OneAsync<long>("import_id")));

        Task<T?> OneAsync<T>(string column) => store.ScalarAsync<T>($"SELECT {column} FROM tracetrack.link_interval WHERE (SELECT count(*) FROM tracetrack.link_interval) = 1");

        async Task<DateTimeOffset?> TimeAsync(string column) => new DateTimeOffset(await OneAsync<DateTime>(column));
    }

    private static async Task<string> OutcomeAsync(Warehouse warehouse, BagRow[] file)
    {
        var report = await warehouse.ImportAsync(file);
        await Consistency.AssertHoldsAsync(warehouse);
        var lines = new List<string>
        {
            $"{report.RowsRead} {report.Parents} {report.Children} {report.Linked} " + string.Join(", ", report.Rejected.OrderBy(pair => pair.Key)),
        };
        lines.AddRange((await warehouse.ResultsAsync(report)).Select(result => result.ToString()));
        lines.AddRange((await warehouse.AllBagsAsync()).Select(bag => string.Create(
            CultureInfo.InvariantCulture, $"{bag.Qr} {bag.Kind} {bag.Status} {bag.Area} {bag.WeightKg} {bag.ChildCount} {bag.ContentWeightKg} {bag.ParentQr}")));
        return string.Join(Environment.NewLine, lines);
    }
}
