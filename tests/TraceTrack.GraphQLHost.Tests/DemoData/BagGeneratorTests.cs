using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.DemoData;
using TraceTrack.Imports;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests.DemoData;

public sealed class BagGeneratorTests
{
    private static readonly Gen<BagGeneratorOptions> AnyOptions =
        from seed in Gen.Int
        from capacity in Gen.Int[1, 5]
        from shares in Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Int[0, 40])
        from loose in Gen.Int[0, 60]
        from order in Gen.Enum<BagRowOrder>()
        from window in Gen.OneOf(Gen.Const(1), Gen.Int[1, 20], Gen.Const(int.MaxValue))
        from misc in Gen.Select(Gen.Int[0, 9], Gen.Int[0, 1_000], Gen.Double[0, 1])
        from rates in Gen.Double[0, 1].Array[8]
        let fill = ParentFill.Shares(shares.Item3, shares.Item1, (1 - shares.Item1) * shares.Item2, seed, capacity)
        select new BagGeneratorOptions
        {
            Seed = seed,
            Fill = fill,
            LooseChildren = loose,
            Order = order,
            ShuffleWindow = window,
            Areas = misc.Item1,
            Offset = misc.Item2,
            Untidy = misc.Item3,
            Dirt = new()
            {
                Duplicates = rates[0],
                BadCodes = rates[1],
                Orphans = rates[2],
                Overflows = fill.FullParents == 0 ? 0 : rates[3],
                WrongKinds = rates[4],
                BadAreas = rates[5],
                BadWeights = rates[6],
                Malformed = rates[7],
            },
        };

    [Fact]
    public async Task An_import_reports_what_the_generator_says() => await AnyOptions.SampleAsync(
        async options =>
        {
            await using var store = Store(options.Fill.Capacity);
            var first = new BagGenerator(options);
            await AssertReportedAsync(store.Door(), first);
            // Another with the same prefixes, that names some of the first one's bags.
            await AssertReportedAsync(store.Door(), new(options with { Offset = options.Offset + first.RowCount, Known = new(first, first.Bags / 2) }));
        },
        iter: 200);

    [Fact]
    public void Rows_are_the_same_each_time_and_others_for_another_seed()
    {
        AnyOptions.Sample(options => Assert.Equal(new BagGenerator(options).Rows(), new BagGenerator(options).Rows()), iter: 50);
        Assert.NotEqual(Hash(Dirty(seed: 1)), Hash(Dirty(seed: 2)));
    }

    [Fact]
    public void Rows_are_the_same_on_every_computer()
    {
        Assert.Equal("084E187FF3B47BB0", Hash(Dirty(seed: 1)));
        Assert.Equal("4C9A75D410B754B8", Hash(new DemoWarehouse(25_000).Generator));
    }

    [Fact]
    public void Order_and_shuffling_change_the_order_only() => AnyOptions.Sample(
        options =>
        {
            var clean = options with { Dirt = BagDirt.None, Untidy = 0 };
            Assert.Equal(
                new BagGenerator(clean with { Order = BagRowOrder.ParentWithChildren, ShuffleWindow = 1 }).Rows().OrderBy(row => row.Qr, StringComparer.Ordinal),
                new BagGenerator(clean).Rows().OrderBy(row => row.Qr, StringComparer.Ordinal));
        },
        iter: 200);

    [Fact]
    public void Rows_stand_in_the_order_asked_for()
    {
        var options = new BagGeneratorOptions { Fill = ParentFill.Of(50, [3, 0, 30]), LooseChildren = 40 };
        Assert.Equal(1, Turns(options with { Order = BagRowOrder.ParentsFirst }));
        Assert.StartsWith("SB", new BagGenerator(options with { Order = BagRowOrder.ParentsFirst }).Rows().First().Qr, StringComparison.Ordinal);
        Assert.Equal(1, Turns(options with { Order = BagRowOrder.ChildrenFirst }));
        Assert.StartsWith("CB", new BagGenerator(options with { Order = BagRowOrder.ChildrenFirst }).Rows().First().Qr, StringComparison.Ordinal);
        var last = "";
        foreach (var row in new BagGenerator(options).Rows().Where(row => row.ParentQr is not null || row.Qr!.StartsWith("SB", StringComparison.Ordinal)))
            Assert.Equal(last = row.ParentQr is null ? row.Qr! : last, row.ParentQr ?? row.Qr);

        static int Turns(BagGeneratorOptions options)
        {
            var kinds = new BagGenerator(options).Rows().Select(row => row.Qr![0]).ToList();
            return kinds.Zip(kinds.Skip(1)).Count(pair => pair.First != pair.Second);
        }
    }

    [Fact]
    public void Shuffled_rows_stay_within_their_window()
    {
        var options = new BagGeneratorOptions { Fill = ParentFill.Full(100), LooseChildren = 7 };
        var plain = new BagGenerator(options).Rows().Select((row, place) => (row.Qr!, place)).ToDictionary(StringComparer.Ordinal);
        var places = new BagGenerator(options with { ShuffleWindow = 50 }).Rows().Select(row => plain[row.Qr!]).ToList();
        Assert.All(places.Index(), one => Assert.Equal(one.Index / 50, one.Item / 50));
        Assert.InRange(places.Index().Count(one => one.Index == one.Item), 0, places.Count / 10);
    }

    [Theory]
    [InlineData(0.8, 0.05)]
    [InlineData(0, 0)]
    [InlineData(0.333, 0.667)]
    [InlineData(1, 0)]
    public void Parents_are_filled_as_asked_for(double full, double empty)
    {
        const int Parents = 12_345;
        var fill = ParentFill.Shares(Parents, full, empty, seed: 3, capacity: 10, weights: [2, 0, 1]);
        var counts = Enumerable.Range(0, Parents).Select(parent => fill.ChildrenOf(parent).Count).ToList();
        Assert.Equal((fill.Children, fill.FullParents), (counts.Sum(), counts.Count(count => count == 10)));
        AssertShare(full, counts.Count(count => count == 10));
        AssertShare(empty, counts.Count(count => count == 0));
        AssertShare((1 - full - empty) * 2 / 3, counts.Count(count => count == 1));
        AssertShare((1 - full - empty) / 3, counts.Count(count => count == 3));
        var rows = new BagGenerator(new() { Fill = fill, ShuffleWindow = 100 }).Rows().ToLookup(row => row.ParentQr, StringComparer.Ordinal);
        Assert.Equal(counts, Enumerable.Range(0, Parents).Select(parent => rows[DemoWarehouse.Parent(parent).Value].Count()));

        static void AssertShare(double share, int parents) => Assert.InRange(parents, (share - 0.002) * Parents, (share + 0.002) * Parents);
    }

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(30, 1, 29)]
    [InlineData(31, 1, 30)]
    [InlineData(100_000, 3_226, 96_774)]
    public void Any_number_of_bags_is_met(int bags, int parents, int children)
    {
        var fill = ParentFill.ForBags(bags);
        Assert.Equal((parents, children), (fill.Parents, fill.Children));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new BagGenerator(new() { Dirt = new() { Overflows = 0.1 } }));
        Assert.Throws<ArgumentException>(() => new BagGenerator(new() { Dirt = new() { BadCodes = 1.1 } }));
        Assert.Throws<ArgumentException>(() => new BagGenerator(new() { ChildPrefix = "cb" }));
        Assert.Throws<ArgumentException>(() => ParentFill.Of(1, [31]));
        Assert.Null(new BagGenerator(new() { LooseChildren = 10, Dirt = new() { Contradictions = 0.5 } }).Counts);
    }

    private static BagGenerator Dirty(int seed) => new(new()
    {
        Seed = seed,
        Fill = ParentFill.Shares(300, 0.7, 0.1, seed),
        LooseChildren = 500,
        ShuffleWindow = 100,
        Untidy = 0.1,
        Dirt = BagDirt.Even(0.2) with { Contradictions = 0.1 },
    });

    private static async Task AssertReportedAsync(ITraceTrack door, BagGenerator file)
    {
        var imports = door.As(Actor.System).Imports;
        var report = await imports.ImportAsync(file.RowsAsync(), new());
        Assert.Null(file.Counts!.DifferenceFrom(report));
        var results = await imports.ReadResultsAsync(report.ImportId).ToListAsync();
        Assert.Equal(file.Counts.Results, results.Count);
        Assert.Equal(
            file.Counts.Rejected.OrderBy(pair => pair.Key),
            results.Where(result => result.Outcome == RowOutcome.Rejected).CountBy(result => result.Reason).Select(pair => KeyValuePair.Create(pair.Key, (long)pair.Value)).OrderBy(pair => pair.Key));
    }

    private static ServiceProvider Store(int capacity) =>
        new ServiceCollection().AddTraceTrack(options => options.ParentCapacity = capacity).UseInMemory().Services.BuildServiceProvider();

    private static string Hash(BagGenerator generator)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in generator.Rows())
            hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{row.Qr},{row.ParentQr},{row.Area},{row.WeightKg}\n")));
        return Convert.ToHexString(hash.GetHashAndReset())[..16];
    }
}
