using TraceTrack.DemoData;

namespace TraceTrack.GraphQLHost.Tests.DemoData;

/// <summary>Alone, since it is the whole process's memory that is looked at.</summary>
[Collection("alone")]
public sealed class BagGeneratorMemoryTests
{
    [Fact]
    public void Eight_million_rows_are_made_without_being_kept()
    {
        var generator = new BagGenerator(new()
        {
            Fill = ParentFill.Shares(270_000, 0.9, 0.02, seed: 1),
            LooseChildren = 300_000,
            Order = BagRowOrder.ChildrenFirst,
            ShuffleWindow = int.MaxValue,
            Dirt = BagDirt.Even(0.01),
        });
        Assert.InRange(generator.RowCount, 8_000_000, 9_000_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var rows = generator.Rows().GetEnumerator();
        for (var i = 0; i < 200_000; i++)
            Assert.True(rows.MoveNext());
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 4_000_000);
    }
}
