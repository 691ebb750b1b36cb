using Microsoft.Extensions.DependencyInjection;

namespace TraceTrack.Testing;

/// <summary>The in-memory store is the model: a store must answer long random work as it does.</summary>
public abstract class ModelContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task Random_work_is_answered_as_the_model_answers_it(int seed, bool registerUnknownBags)
    {
        void Configure(TraceTrackOptions options)
        {
            options.ParentCapacity = 3;
            options.RegisterUnknownBags = registerUnknownBags;
            options.AllowIncompleteParents = seed % 2 == 0;
        }

        var warehouse = await OpenAsync(Configure);
        await using var model = new ServiceCollection().AddTraceTrack(Configure).UseInMemory().Services.BuildServiceProvider();
        await new ModelComparison(warehouse, new Warehouse(model), seed).RunAsync(steps: 250);
        await Consistency.AssertHoldsAsync(warehouse);
    }
}
