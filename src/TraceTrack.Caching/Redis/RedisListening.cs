using StackExchange.Redis;

namespace TraceTrack.Caching;

/// <summary>The subscription to what other processes write. StackExchange.Redis renews it by itself after a loss; what was sent meanwhile is gone.</summary>
internal sealed class RedisListening(RedisLink link, ITierListener listener) : IDisposable
{
    /// <summary>Whether messages arrive here, as far as the connection can tell.</summary>
    public bool IsConnected => link.Multiplexer.GetSubscriber().IsConnected(link.Channel);

    public async Task BeginAsync()
    {
        var queue = await link.Multiplexer.GetSubscriber().SubscribeAsync(link.Channel).ConfigureAwait(false);
        queue.OnMessage(message => Receive(message.Message));
        link.Multiplexer.ConnectionFailed += Interrupted;
        link.Multiplexer.ConnectionRestored += Interrupted;
    }

    public void Dispose()
    {
        link.Multiplexer.ConnectionFailed -= Interrupted;
        link.Multiplexer.ConnectionRestored -= Interrupted;
        // The connection may be the application's, and go on.
        _ = link.Multiplexer.GetSubscriber().UnsubscribeAsync(link.Channel, flags: CommandFlags.FireAndForget);
    }

    private void Receive(RedisValue bytes)
    {
        if (RedisMessage.TryRead((ReadOnlyMemory<byte>)bytes, out var message))
            listener.Receive(message);
        else
            listener.Interrupted();
    }

    private void Interrupted(object? sender, ConnectionFailedEventArgs change) => listener.Interrupted();
}
