using StackExchange.Redis;

namespace TraceTrack.Caching.Redis;

public sealed class RedisListeningTests(RedisServer redis)
{
    [Fact]
    public async Task The_end_of_one_that_listens_on_an_applications_connection_leaves_the_others_listening()
    {
        await using var own = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        var link = new RedisLink(own, "listening", Guid.NewGuid());
        var ended = new Ear();
        var other = new Ear();
        using (var listening = new RedisListening(link, ended))
        {
            await listening.BeginAsync();
            using var rest = new RedisListening(link, other);
            await rest.BeginAsync();
            await own.GetSubscriber().PublishAsync(link.Channel, "one");
            await Eventually.HoldsAsync(() => ended.Messages == 1 && other.Messages == 1);
            listening.Dispose();
            await own.GetSubscriber().PublishAsync(link.Channel, "two");
            await Eventually.HoldsAsync(() => other.Messages == 2);
        }

        Assert.Equal(1, ended.Messages);
    }

    /// <summary>What is no message counts as an interruption.</summary>
    private sealed class Ear : ITierListener
    {
        private int _messages;

        public int Messages => Volatile.Read(ref _messages);

        public void Receive(TierMessage message) => Interlocked.Increment(ref _messages);

        public void Interrupted() => Interlocked.Increment(ref _messages);
    }
}
