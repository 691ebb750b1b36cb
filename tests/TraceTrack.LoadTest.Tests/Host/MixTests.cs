using TraceTrack.LoadTest.Host;

namespace TraceTrack.LoadTest.Tests.Host;

public sealed class MixTests
{
    [Fact]
    public void The_shares_of_all_operations_make_a_hundred()
    {
        Assert.Equal(100, Mix.Shares.Sum(share => share.Share));
        Assert.Equal(Mix.Operations.Order(), Mix.Shares.Select(share => share.Operation).Order());
    }

    [Fact]
    public void Each_hundred_of_a_user_has_the_shares_exactly_and_an_order_of_its_own()
    {
        var deck = new Deck(new Random(1));
        Operation[] first = [.. Enumerable.Range(0, 100).Select(_ => deck.Draw())];
        Operation[] second = [.. Enumerable.Range(0, 100).Select(_ => deck.Draw())];
        foreach (var (operation, share) in Mix.Shares)
        {
            Assert.Equal(share, first.Count(drawn => drawn == operation));
            Assert.Equal(share, second.Count(drawn => drawn == operation));
        }

        Assert.NotEqual(first, second);
    }
}
