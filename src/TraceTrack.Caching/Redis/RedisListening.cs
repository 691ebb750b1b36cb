using StackExchange.Redis;

namespace TraceTrack.Caching;

/// <summary>The subscription to what other processes write. StackExchange.Redis renews it by itself after a loss; what was sent meanwhile is gone.</summary>
internal sealed class RedisListening(RedisLink link, ITierListener listener) : IDisposable
{
    private ChannelMessageQueue? _queue;

    /// <summary>Whether messages arrive here, as far as the connection can tell.</summary>
    public bool IsConnected => link.Multiplexer.GetSubscriber().IsConnected(link.Channel);

    public async Task BeginAsync()
    {
        _queue = await link.Multiplexer.GetSubscriber().SubscribeAsync(link.Channel).ConfigureAwait(false);
        _queue.OnMessage(message => Receive(message.Message));
        link.Multiplexer.ConnectionFailed += Interrupted;
        link.Multiplexer.ConnectionRestored += Interrupted;
    }

    public void Dispose()
    {
        link.Multiplexer.ConnectionFailed -= Interrupted;
        link.Multiplexer.ConnectionRestored -= Interrupted;
        // Only this one: the connection may be the application's, and others may listen on it.
        _ = _queue?.UnsubscribeAsync(CommandFlags.FireAndForget);
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
