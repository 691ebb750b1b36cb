using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace TraceTrack.Caching;

/// <summary>
/// The second tier as the cache uses it. It is never needed: whatever goes wrong in it is a miss or a debt, never an exception, and nobody
/// waits longer than the time limit. What it answers is believed only as far as it does not fall behind what this process knows.
/// </summary>
internal sealed partial class SharedTier : IDisposable
{
    private const string GetOperation = "get";
    private const string FillOperation = "fill";
    private const string CommitOperation = "commit";

    /// <summary>Entries of one commit; more go in several, so that each is quick.</summary>
    private const int MostAtOnce = 500;

    private readonly ICacheTier _tier;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;
    private readonly CacheMetrics _metrics;
    private readonly ILogger<SharedTier> _logger;
    private readonly TierBreaker _breaker;
    private readonly TierEpochs _epochs;
    private readonly TierHearing _hearing;
    private readonly TierDebt _debt = new();

    /// <param name="tier">The tier.</param>
    /// <param name="options">How patient to be with it.</param>
    /// <param name="unheard">See <see cref="CachingOptions.UnheardTimeToLive"/>.</param>
    /// <param name="clock">Real time, not the application's: it is the network that is waited for.</param>
    /// <param name="metrics">What is measured.</param>
    /// <param name="logger">Where it is logged.</param>
    public SharedTier(ICacheTier tier, SecondTierOptions options, TimeSpan unheard, TimeProvider clock, CacheMetrics metrics, ILogger<SharedTier> logger)
    {
        (_tier, _timeout, _clock, _metrics, _logger) = (tier, options.OperationTimeout, clock, metrics, logger);
        (_breaker, _epochs, _hearing) = (new(options.RetryAfter, clock), new(clock), new(unheard, clock));
        _interval = unheard / BeatsPerSilence;
    }

    /// <summary>See <see cref="TierBreaker.State"/>.</summary>
    public int BreakerState => _breaker.State;

    /// <summary>The highest epoch of a scope that this process has heard of; 0 for none.</summary>
    public long EpochOf(string scope) => _epochs.Of(scope);

    /// <summary>Reads; a debt is paid first, while the store is asked.</summary>
    /// <returns>Epochs and entries; <see cref="TierAnswer.IsNothing"/> when the tier is not there, or must not be believed.</returns>
    public ValueTask<TierAnswer> GetAsync(IReadOnlyList<string> scopes, IReadOnlyList<string> keys)
    {
        if (!_debt.IsPaid)
            _ = BeatAsync();
        else if (_breaker.TryEnter())
            return AskAsync(scopes, keys);
        return new(TierAnswer.Nothing);
    }

    /// <summary>Keeps what was loaded, unless it has been overtaken.</summary>
    public async ValueTask FillAsync(TierFill fill)
    {
        if (!_breaker.TryEnter())
            return;
        using var activity = CacheTrace.Tier(FillOperation, fill.Entries.Count);
        try
        {
            await Limit(_tier.FillAsync(fill, CancellationToken.None)).ConfigureAwait(false);
            _breaker.Succeeded();
        }
        catch (Exception error)
        {
            Fault(FillOperation, error, activity);
        }
    }

    /// <summary>After a commit: keeps what was written, forgets what is fenced, bumps scopes and tells the other processes. What cannot be told is owed.</summary>
    /// <param name="news">What was written.</param>
    /// <param name="epoch">What <see cref="EpochOf"/> said of all before the write began.</param>
    public async ValueTask CommitAsync(TierNews news, long epoch)
    {
        _metrics.Fences(news.Fences.Count, "own");
        if (_breaker.TryEnter())
        {
            using var activity = CacheTrace.Tier(CommitOperation, news.Puts.Count);
            try
            {
                foreach (var part in news.Split(MostAtOnce))
                    epoch = await SendAsync(part, epoch).ConfigureAwait(false);
                _breaker.Succeeded();
                return;
            }
            catch (Exception error)
            {
                Fault(CommitOperation, error, activity);
            }
        }
        else
        {
            _metrics.Fault(CommitOperation);
        }

        _debt.Owe(news.Bumps);
    }

    public void Dispose() => _timer?.Dispose();

    private async ValueTask<TierAnswer> AskAsync(IReadOnlyList<string> scopes, IReadOnlyList<string> keys)
    {
        using var activity = CacheTrace.Tier(GetOperation, keys.Count);
        try
        {
            var before = _epochs.Of(scopes);
            var answer = await Limit(_tier.GetAsync(new(scopes, keys, _epochs.Fresh(scopes)), CancellationToken.None)).ConfigureAwait(false);
            _breaker.Succeeded();
            return Believe(scopes, before, answer);
        }
        catch (Exception error)
        {
            Fault(GetOperation, error, activity);
            return TierAnswer.Nothing;
        }
    }

    /// <summary>An answer of an epoch lower than known is none. When the epoch was known before the question, the tier has lost data, and all of it is voided.</summary>
    private TierAnswer Believe(IReadOnlyList<string> scopes, long[] before, TierAnswer answer)
    {
        var isPresent = true;
        for (var i = 0; i < before.Length; i++)
        {
            var epoch = answer.Epochs[i];
            isPresent &= epoch >= _epochs.Of(scopes[i]);
            _epochs.Raise(scopes[i], epoch);
            if (epoch < before[i])
                _debt.Owe([scopes[i]]);
        }

        return isPresent ? answer : TierAnswer.Nothing;
    }

    /// <returns>The epoch that the next part of the same write may expect.</returns>
    private async ValueTask<long> SendAsync(TierNews part, long epoch)
    {
        TierBump[] bumps = [.. part.Bumps.Select(scope => new TierBump(scope, _epochs.Fresh(scope)))];
        var commit = new TierCommit(CacheScopes.All, epoch, _epochs.Fresh(CacheScopes.All), bumps, part.Puts, part.Message.ToBytes());
        var epochs = await Limit(_tier.CommitAsync(commit, CancellationToken.None)).ConfigureAwait(false);
        for (var i = 0; i < bumps.Length; i++)
        {
            _epochs.Raise(bumps[i].Scope, epochs[i]);
            if (bumps[i].Scope == CacheScopes.All)
                epoch = epochs[i];
        }

        return epoch;
    }

    private ValueTask PayAsync() => _debt.PayAsync(async scopes =>
    {
        await SendAsync(TierNews.Void(scopes), 0).ConfigureAwait(false);
        Log.SecondTierVoided(_logger);
    });

    private async Task<T> Limit<T>(ValueTask<T> operation)
    {
        var task = operation.AsTask();
        await Limit(task).ConfigureAwait(false);
        return await task.ConfigureAwait(false);
    }

    private Task Limit(ValueTask operation) => Limit(operation.AsTask());

    private async Task Limit(Task operation)
    {
        try
        {
            await operation.WaitAsync(_timeout, _clock).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Whatever becomes of it later, nobody looks at it any more, and that is no fault.
            _ = operation.ContinueWith(
                static late => late.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }
    }

    private void Fault(string operation, Exception error, Activity? activity = null)
    {
        activity.Failed(error);
        _metrics.Fault(operation);
        // Once, until something has gone well again: an hour without Redis is one line.
        if (_breaker.Failed())
            Log.SecondTierFault(_logger, operation, error.Message);
    }
}
