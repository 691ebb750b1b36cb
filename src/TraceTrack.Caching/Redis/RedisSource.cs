using StackExchange.Redis;

namespace TraceTrack.Caching;

/// <summary>Where connections come from: the application's own, or one made here and closed with the application.</summary>
internal sealed class RedisSource(IConnectionMultiplexer? given, ConfigurationOptions? configuration)
{
    public bool IsOwned => given is null;

    public async Task<IConnectionMultiplexer> ConnectAsync(RedisOptions options)
    {
        if (given is not null)
            return given;
        var settings = configuration!.Clone();
        // Absent or lost, Redis must cost nothing: connect in the background, never queue, give up soon.
        settings.AbortOnConnectFail = false;
        settings.BacklogPolicy = BacklogPolicy.FailFast;
        settings.ConnectTimeout = (int)options.ConnectTimeout.TotalMilliseconds;
        settings.AsyncTimeout = settings.SyncTimeout = (int)Math.Ceiling(options.OperationTimeout.TotalMilliseconds);
        settings.ReconnectRetryPolicy = new LinearRetry((int)options.RetryAfter.TotalMilliseconds);
        settings.ClientName ??= "TraceTrack";
        return await ConnectionMultiplexer.ConnectAsync(settings).ConfigureAwait(false);
    }
}
