using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace TraceTrack.Caching;

/// <summary>The second tier in Redis: one MGET to read, one script to write. After a failure it rests for a while, and nobody waits for it.</summary>
internal sealed class RedisTier(
    RedisConnection connection, IOptions<RedisOptions> options, CacheMetrics metrics, ILogger<RedisTier> logger) : ICacheTier, IDisposable
{
    private const int TokenBytes = 8;
    private const string CommitOperation = "commit";

    private readonly RedisOptions _options = options.Value;
    private readonly RedisDebt _debt = new(options.Value.RetryAfter);
    private long _restsUntil = long.MinValue;
    private int _isFailing;

    // Real time, not the application's clock: it is the network that is waited for.
    private bool Rests => Environment.TickCount64 < Interlocked.Read(ref _restsUntil);

    public async ValueTask<TierAnswer> GetAsync(string[] scopes, string[] keys)
    {
        if (Rests || connection.Link is not { } link)
            return TierAnswer.Nothing;
        try
        {
            await PayAsync(link).ConfigureAwait(false);
            RedisKey[] names = [.. scopes.Select(link.Scope), .. keys.Select(link.Entry)];
            var values = await Limit(link.Database.StringGetAsync(names)).ConfigureAwait(false);
            var stamp = Stamp(values.AsSpan(0, scopes.Length));
            return stamp is null
                ? new(await DrawAsync(link, names[..scopes.Length]).ConfigureAwait(false), new ReadOnlyMemory<byte>[keys.Length])
                : new(stamp, Array.ConvertAll(values[scopes.Length..], value => Unwrap(stamp, value)));
        }
        catch (Exception error)
        {
            Fault("get", error);
            return TierAnswer.Nothing;
        }
    }

    public async ValueTask FillAsync(string[] scopes, byte[] stamp, IReadOnlyList<TierEntry> entries)
    {
        if (Rests || connection.Link is not { } link)
            return;
        try
        {
            RedisKey[] names = [.. scopes.Select(link.Scope), .. entries.Select(entry => link.Entry(entry.Key))];
            RedisValue[] values = [scopes.Length, stamp, .. entries.SelectMany(Arguments)];
            await Limit(link.Database.ScriptEvaluateAsync(RedisScripts.Fill, names, values)).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Fault("fill", error);
        }
    }

    public async ValueTask CommitAsync(TierCommit commit)
    {
        try
        {
            if (!Rests && await connection.GetAsync(CancellationToken.None).ConfigureAwait(false) is { } link)
            {
                await PayAsync(link).ConfigureAwait(false);
                await RunAsync(link, commit).ConfigureAwait(false);
                return;
            }

            metrics.Fault(CommitOperation);
        }
        catch (Exception error)
        {
            Fault(CommitOperation, error);
        }

        _debt.Owe(TryPayAsync);
    }

    /// <summary>Whether Redis answers now; for the health check.</summary>
    public async ValueTask<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        if (await connection.GetAsync(cancellationToken).ConfigureAwait(false) is not { } link)
            return false;
        try
        {
            await link.Database.PingAsync().WaitAsync(_options.OperationTimeout, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is RedisException or TimeoutException or ObjectDisposedException)
        {
            return false;
        }
    }

    public void Dispose() => _debt.Dispose();

    private async ValueTask TryPayAsync()
    {
        if (Rests || connection.Link is not { } link)
            return;
        try
        {
            await PayAsync(link).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Fault(CommitOperation, error);
        }
    }

    private ValueTask PayAsync(RedisLink link) => _debt.PayAsync(async () =>
    {
        await RunAsync(link, new() { Message = CacheMessage.Everything.ToBytes(), Bumps = { CacheScopes.All } }).ConfigureAwait(false);
        Log.SecondTierVoided(logger);
    });

    private Task<RedisResult> RunAsync(RedisLink link, TierCommit commit)
    {
        RedisKey[] names =
        [
            link.Scope(CacheScopes.All), .. commit.Bumps.Select(link.Scope), .. commit.Puts.Select(put => link.Entry(put.Key)), .. commit.Deletes.Select(link.Entry),
        ];
        RedisValue[] values =
        [
            commit.Bumps.Count, commit.Puts.Count, RandomNumberGenerator.GetBytes(TokenBytes), RedisScripts.ScopeSeconds,
            link.Channel.ToString(), commit.Message, .. commit.Puts.SelectMany(Arguments),
        ];
        return Limit(link.Database.ScriptEvaluateAsync(RedisScripts.Commit, names, values));
    }

    /// <summary>Gives scopes that have no token one, whoever comes first; answers the stamp they then have.</summary>
    private async ValueTask<byte[]?> DrawAsync(RedisLink link, RedisKey[] scopes)
    {
        foreach (var scope in scopes)
        {
            await Limit(link.Database.StringSetAsync(
                scope, RandomNumberGenerator.GetBytes(TokenBytes), TimeSpan.FromSeconds(RedisScripts.ScopeSeconds), When.NotExists)).ConfigureAwait(false);
        }

        return Stamp(await Limit(link.Database.StringGetAsync(scopes)).ConfigureAwait(false));
    }

    private static byte[]? Stamp(ReadOnlySpan<RedisValue> tokens)
    {
        var stamp = new byte[tokens.Length * TokenBytes];
        for (var i = 0; i < tokens.Length; i++)
        {
            if ((byte[]?)tokens[i] is not { Length: TokenBytes } token)
                return null;
            token.CopyTo(stamp, i * TokenBytes);
        }

        return stamp;
    }

    private static ReadOnlyMemory<byte> Unwrap(byte[] stamp, RedisValue value)
    {
        ReadOnlyMemory<byte> bytes = value;
        return bytes.Span.StartsWith(stamp) ? bytes[stamp.Length..] : default;
    }

    private static RedisValue[] Arguments(TierEntry entry) =>
        [entry.Version, Math.Max(1, (long)entry.TimeToLive.TotalMilliseconds), entry.Envelope];

    // StackExchange.Redis looks for operations that take too long once a second only.
    private async Task<T> Limit<T>(Task<T> operation)
    {
        var result = await operation.WaitAsync(_options.OperationTimeout).ConfigureAwait(false);
        Interlocked.Exchange(ref _isFailing, 0);
        return result;
    }

    private void Fault(string operation, Exception error)
    {
        metrics.Fault(operation);
        Interlocked.Exchange(ref _restsUntil, Environment.TickCount64 + (long)_options.RetryAfter.TotalMilliseconds);
        // Once, until something has gone well again: an hour without Redis is one line.
        if (Interlocked.Exchange(ref _isFailing, 1) == 0)
            Log.SecondTierFault(logger, operation, error.Message);
    }
}
