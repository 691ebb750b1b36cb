using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Testing;
using Xunit.Sdk;

namespace TraceTrack.InMemory;

/// <summary>The comparison itself: that it agrees where stores agree, and speaks up where they do not.</summary>
public class ModelComparisonTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public async Task Two_stores_with_the_same_rules_answer_alike_and_stay_consistent(int seed)
    {
        var one = Open(o => o.ParentCapacity = 3);
        await new ModelComparison(one, Open(o => o.ParentCapacity = 3), seed).RunAsync(steps: 400);
        await Consistency.AssertHoldsAsync(one);
    }

    [Fact]
    public Task Another_capacity_is_noticed() => Differs(o => o.ParentCapacity = 2);

    [Fact]
    public Task Another_child_weight_is_noticed() => Differs(o => o.ChildWeightKg = 1.001m);

    [Fact]
    public Task Bags_that_are_not_registered_are_noticed() => Differs(o => o.RegisterUnknownBags = false);

    private static async Task Differs(Action<TraceTrackOptions> change)
    {
        var store = Open(o =>
        {
            o.ParentCapacity = 3;
            change(o);
        });
        await Assert.ThrowsAnyAsync<XunitException>(() => new ModelComparison(store, Open(o => o.ParentCapacity = 3), seed: 1).RunAsync(steps: 250));
    }

    private static Warehouse Open(Action<TraceTrackOptions> options) =>
        new(new ServiceCollection().AddTraceTrack(options).UseInMemory().Services.BuildServiceProvider());
}
