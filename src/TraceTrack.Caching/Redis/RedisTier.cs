using System.Buffers.Binary;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace TraceTrack.Caching;

/// <summary>The second tier in Redis: one MGET to read, one script to write.</summary>
internal sealed class RedisTier(RedisConnection connection, IOptions<RedisOptions> options) : ICacheTier, IDisposable
{
    private static readonly TimeSpan ScopeLife = TimeSpan.FromSeconds(RedisScripts.ScopeSeconds);

    private readonly Lock _gate = new();
    private Task? _beginning;
    private RedisListening? _listening;

    private RedisLink Link => connection.Link ?? throw new InvalidOperationException("There is no connection to Redis yet.");

    public async ValueTask<TierAnswer> GetAsync(TierQuery query, CancellationToken cancellationToken)
    {
        var link = Link;
        var scopes = query.Scopes.Count;
        var names = new RedisKey[scopes + query.Keys.Count];
        for (var i = 0; i < scopes; i++)
            names[i] = link.Scope(query.Scopes[i]);
        for (var i = scopes; i < names.Length; i++)
            names[i] = link.Entry(query.Keys[i - scopes]);
        var values = await link.Database.StringGetAsync(names).ConfigureAwait(false);
        var entries = new ReadOnlyMemory<byte>[query.Keys.Count];
        if (!TryReadEpochs(values.AsSpan(0, scopes), out var epochs))
            return new(await DrawAsync(link, names[..scopes], query.FreshEpoch).ConfigureAwait(false), entries);
        var stamp = Stamp(epochs);
        for (var i = 0; i < entries.Length; i++)
        {
            ReadOnlyMemory<byte> bytes = values[scopes + i];
            if (bytes.Span.StartsWith(stamp))
                entries[i] = bytes[stamp.Length..];
        }

        return new(epochs, entries);
    }

    public async ValueTask FillAsync(TierFill fill, CancellationToken cancellationToken)
    {
        var link = Link;
        RedisKey[] names = [.. fill.Scopes.Select(link.Scope), .. fill.Entries.Select(entry => link.Entry(entry.Key))];
        RedisValue[] values = [fill.Scopes.Count, .. fill.Epochs.Select(epoch => (RedisValue)epoch), .. fill.Entries.SelectMany(Arguments)];
        await link.Database.ScriptEvaluateAsync(RedisScripts.Fill, names, values).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<long>> CommitAsync(TierCommit commit, CancellationToken cancellationToken)
    {
        var link = Link;
        RedisKey[] names =
        [
            link.Scope(commit.Scope), link.Counter,
            .. commit.Bumps.Select(bump => link.Scope(bump.Scope)), .. commit.Puts.Select(put => link.Entry(put.Key)),
        ];
        RedisValue[] values =
        [
            commit.Bumps.Count, commit.Puts.Count, commit.Epoch, commit.FreshEpoch, RedisScripts.ScopeSeconds, link.Channel.ToString(), commit.Body,
            .. commit.Bumps.Select(bump => (RedisValue)bump.AtLeast), .. commit.Puts.SelectMany(Arguments),
        ];
        var epochs = (RedisValue[]?)await link.Database.ScriptEvaluateAsync(RedisScripts.Commit, names, values).ConfigureAwait(false);
        return Array.ConvertAll(epochs ?? [], epoch => (long)epoch);
    }

    public async ValueTask<TierPulse> PulseAsync(string scope, long freshEpoch, CancellationToken cancellationToken)
    {
        var link = Link;
        if (_listening is not { IsConnected: true })
            throw new InvalidOperationException("Messages of other processes do not arrive.");
        var values = await link.Database.StringGetAsync([link.Counter, link.Scope(scope)]).ConfigureAwait(false);
        return TryReadEpochs(values.AsSpan(1), out var epochs)
            ? new((long)values[0], epochs[0])
            : new((long)values[0], (await DrawAsync(link, [link.Scope(scope)], freshEpoch).ConfigureAwait(false))[0]);
    }

    public ValueTask ListenAsync(ITierListener listener, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // Whoever asks again while the first attempt is under way waits for that: two subscriptions would hear everything twice.
            if (_beginning is null or { IsFaulted: true } or { IsCanceled: true })
                _beginning = BeginAsync(listener);
            return new(_beginning);
        }
    }

    /// <summary>Whether Redis answers now; for the health check.</summary>
    public async ValueTask<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        if (await connection.GetAsync(cancellationToken).ConfigureAwait(false) is not { } link)
            return false;
        try
        {
            await link.Database.PingAsync().WaitAsync(options.Value.OperationTimeout, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is RedisException or TimeoutException or ObjectDisposedException)
        {
            return false;
        }
    }

    public void Dispose() => _listening?.Dispose();

    private async Task BeginAsync(ITierListener listener)
    {
        var link = await connection.GetAsync(CancellationToken.None).ConfigureAwait(false) ?? Link;
        var listening = new RedisListening(link, listener);
        await listening.BeginAsync().ConfigureAwait(false);
        _listening = listening;
    }

    /// <summary>Gives scopes that have no epoch one, whoever comes first; answers those they then have.</summary>
    private static async Task<long[]> DrawAsync(RedisLink link, RedisKey[] scopes, long freshEpoch)
    {
        foreach (var scope in scopes)
            await link.Database.StringSetAsync(scope, freshEpoch, ScopeLife, When.NotExists).ConfigureAwait(false);
        return TryReadEpochs(await link.Database.StringGetAsync(scopes).ConfigureAwait(false), out var epochs)
            ? epochs
            : throw new RedisException("Redis does not keep what it is given.");
    }

    private static bool TryReadEpochs(ReadOnlySpan<RedisValue> values, out long[] epochs)
    {
        epochs = new long[values.Length];
        for (var i = 0; i < epochs.Length; i++)
        {
            if (values[i].IsNull)
                return false;
            epochs[i] = (long)values[i];
        }

        return true;
    }

    private static byte[] Stamp(long[] epochs)
    {
        var stamp = new byte[epochs.Length * sizeof(long)];
        for (var i = 0; i < epochs.Length; i++)
            BinaryPrimitives.WriteInt64BigEndian(stamp.AsSpan(i * sizeof(long)), epochs[i]);
        return stamp;
    }

    private static RedisValue[] Arguments(TierEntry entry) =>
        [entry.Version, Math.Max(1, (long)entry.TimeToLive.TotalMilliseconds), entry.Envelope];
}
