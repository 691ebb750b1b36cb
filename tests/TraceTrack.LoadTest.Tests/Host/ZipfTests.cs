using TraceTrack.LoadTest.Host;

namespace TraceTrack.LoadTest.Tests.Host;

public sealed class ZipfTests
{
    private const int Draws = 200_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(806_000)]
    public void Ranks_are_within_their_bounds(int count)
    {
        var (zipf, random) = (new Zipf(count), new Random(1));
        Assert.All(Enumerable.Range(0, 10_000).Select(_ => zipf.Draw(random)), rank => Assert.InRange(rank, 1, count));
    }

    [Fact]
    public void A_rank_comes_in_inverse_proportion_to_itself()
    {
        const int Count = 1_000;
        var (zipf, random, seen) = (new Zipf(Count), new Random(1), new int[Count + 1]);
        for (var i = 0; i < Draws; i++)
            seen[zipf.Draw(random)]++;
        var harmonic = Enumerable.Range(1, Count).Sum(rank => 1.0 / rank);
        foreach (var rank in new[] { 1, 2, 3, 5, 10 })
            Assert.Equal(1 / (rank * harmonic), (double)seen[rank] / Draws, 0.005);
        Assert.Equal(
            Enumerable.Range(501, 500).Sum(rank => 1.0 / rank) / harmonic, (double)seen.Skip(501).Sum() / Draws, 0.005);
    }
}
