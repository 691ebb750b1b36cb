using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TraceTrack.Caching;

/// <summary>Opens the connection in the background. Nobody who reads or writes ever waits for it.</summary>
internal sealed class RedisConnection(
    RedisSource source, IStoreIdentity store, IOptions<RedisOptions> options, ILogger<RedisConnection> logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly RedisOptions _options = options.Value;
    private volatile RedisLink? _link;
    private Task? _opening;
    private long _notBefore = long.MinValue;
    private long _begun;

    /// <summary>The connection when there is one; begins to open it when there is none.</summary>
    public RedisLink? Link => _link ?? Open(out _);

    /// <summary>Waits for the first connection, no longer than the options say, counted from when it began to be opened.</summary>
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
}
