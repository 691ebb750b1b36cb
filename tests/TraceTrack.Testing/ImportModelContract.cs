using Microsoft.Extensions.DependencyInjection;

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
}
