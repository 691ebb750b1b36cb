using Microsoft.Extensions.DependencyInjection;
using TraceTrack.DemoData;
using TraceTrack.Imports;

namespace TraceTrack.Testing;

/// <summary>The in-memory importer is the model: every store's reports, results and contents are the same.</summary>
public abstract class ImportModelContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    /// <summary>The rules that make dirt meet: parents are full with three, and a bill may be completed early.</summary>
    public static Action<TraceTrackOptions> Options { get; } = options =>
    {
        options.ParentCapacity = 3;
        options.AllowIncompleteParents = true;
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Random_dirty_files_come_out_as_in_the_model(int seed)
    {
        var warehouse = await OpenAsync(Options);
        await using var model = new ServiceCollection().AddTraceTrack(Options).UseInMemory().Services.BuildServiceProvider();
        await new ImportModel(warehouse, new(model), seed).RunAsync(rows: 40);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Generated_files_are_reported_as_the_generator_says(int seed)
    {
        var warehouse = await OpenAsync(Options);
        var random = new Random(seed);
        var first = DirtyFile.Of(random, bags: 300);
        await AssertReportedAsync(warehouse, first);
        await AssertReportedAsync(warehouse, DirtyFile.Of(random, bags: 200, prefix: "9", known: new(first, first.Bags / 2)));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    private static async Task AssertReportedAsync(Warehouse warehouse, BagGenerator file)
    {
        var report = await warehouse.System.Imports.ImportAsync(file.RowsAsync(), new());
        Assert.Null(file.Counts!.DifferenceFrom(report));
        var results = await warehouse.ResultsAsync(report);
        Assert.Equal(file.Counts.Kept, results.Count(result => result.Outcome == RowOutcome.Kept));
        Assert.Equal(
            file.Counts.Rejected.OrderBy(pair => pair.Key),
            results.Where(result => result.Outcome == RowOutcome.Rejected).GroupBy(result => result.Reason, (reason, rows) => KeyValuePair.Create(reason, rows.LongCount())).OrderBy(pair => pair.Key));
    }
}
