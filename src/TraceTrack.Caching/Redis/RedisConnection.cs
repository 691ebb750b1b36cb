using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace TraceTrack.Caching;

/// <summary>Opens the connection in the background and listens to what other processes write. Nobody who reads ever waits for it.</summary>
internal sealed class RedisConnection(
    RedisSource source, IStoreIdentity store, StoreMessages messages, IOptions<RedisOptions> options, ILogger<RedisConnection> logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly RedisOptions _options = options.Value;
    private volatile RedisLink? _link;
    private Task? _opening;
    private long _notBefore = long.MinValue;
    private long _begun;

    /// <summary>The connection when there is one; begins to open it when there is none.</summary>
    public RedisLink? Link => _link ?? Open(out _);

    /// <summary>Waits for the first connection: all who wait together no longer than the options say, counted from when it began to be opened.</summary>
    public async ValueTask<RedisLink?> GetAsync(CancellationToken cancellationToken)
    {
        if (Open(out var opening) is { } link)
            return link;
        var patience = _options.ConnectTimeout - TimeSpan.FromMilliseconds(Environment.TickCount64 - Interlocked.Read(ref _begun));
        if (opening is not null && patience > TimeSpan.Zero)
            await Task.WhenAny(opening, Task.Delay(patience, cancellationToken)).ConfigureAwait(false);
        return _link;
    }

    public async ValueTask DisposeAsync()
    {
        Task? opening;
        lock (_gate)
        {
            (opening, _notBefore) = (_opening, long.MaxValue);
        }

        if (opening is not null)
            await opening.ConfigureAwait(false);
        if (_link is not { } link)
            return;
        link.Multiplexer.ConnectionRestored -= Restored;
        if (source.IsOwned)
            await link.Multiplexer.DisposeAsync().ConfigureAwait(false);
    }

    private RedisLink? Open(out Task? opening)
    {
        lock (_gate)
        {
            // Real time, not the application's clock: it is the network that is waited for.
            if (_opening is null && Environment.TickCount64 >= _notBefore)
            {
                _begun = Environment.TickCount64;
                _opening = Task.Run(OpenAsync);
            }

            opening = _opening;
            return _link;
        }
    }

    private async Task OpenAsync()
    {
        try
        {
            var link = new RedisLink(
                await source.ConnectAsync(_options).ConfigureAwait(false),
                _options.KeyPrefix,
                await store.ReadAsync(CancellationToken.None).ConfigureAwait(false));
            await ListenAsync(link).ConfigureAwait(false);
            _link = link;
            Log.SecondTierReady(logger, link.Multiplexer.IsConnected);
        }
        catch (Exception error)
        {
            Log.SecondTierAbsent(logger, error.Message);
            lock (_gate)
            {
                _opening = null;
                _notBefore = _notBefore == long.MaxValue ? long.MaxValue : Environment.TickCount64 + (long)_options.RetryAfter.TotalMilliseconds;
            }
        }
    }

    private async Task ListenAsync(RedisLink link)
    {
        link.Multiplexer.ConnectionRestored += Restored;
        try
        {
            var queue = await link.Multiplexer.GetSubscriber().SubscribeAsync(link.Channel).ConfigureAwait(false);
            queue.OnMessage(message => messages.Receive(((ReadOnlyMemory<byte>)message.Message).Span));
        }
        catch (RedisException error)
        {
            // Not there yet: the multiplexer subscribes when it gets through, and Restored comes then.
            Log.SecondTierAbsent(logger, error.Message);
        }

        // What others wrote before the subscription stood was heard by nobody here. Without a connection there is none yet.
        if (link.Multiplexer.IsConnected)
            messages.Missed();
    }

    private void Restored(object? sender, ConnectionFailedEventArgs restored)
    {
        Log.SecondTierRestored(logger);
        messages.Missed();
    }
}
