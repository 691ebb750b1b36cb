namespace TraceTrack.Caching;

/// <summary>The channel: what other processes say, and whether they are heard at all.</summary>
internal sealed partial class SharedTier : ITierListener
{
    private const string PulseOperation = "pulse";

    /// <summary>So many pulses before silence is too long.</summary>
    private const int BeatsPerSilence = 5;

    private readonly TimeSpan _interval;
    private StoreCache? _cache;
    private ITimer? _timer;
    private bool _isListening;
    private int _isBeating;

    /// <summary>Begins to listen for a cache.</summary>
    /// <returns>When the first pulse has been tried.</returns>
    public Task StartAsync(StoreCache cache)
    {
        _cache = cache;
        cache.Time.Limit(_hearing.IsDeaf);
        _timer = _clock.CreateTimer(
            _ =>
            {
                LookForSilence();
                _ = BeatAsync();
            },
            null,
            _interval,
            _interval);
        return BeatAsync();
    }

    public void Receive(TierMessage message)
    {
        _metrics.Message();
        var finding = _hearing.Heard(message.Number);
        var told = CacheMessage.FromBytes(message.Body.Span);
        for (var i = 0; i < told.Bumps.Count && i < message.Epochs.Count; i++)
            _epochs.Raise(told.Bumps[i], message.Epochs[i]);
        if (told.NodeId != _cache?.NodeId)
            _metrics.Fences(told.Fences.Count, "other");
        Apply(told);
        Act(finding);
    }

    public void Interrupted()
    {
        Log.SecondTierInterrupted(_logger);
        _hearing.Interrupted();
        Miss();
    }

    /// <summary>One look whether the tier is there, whether everything has been heard, and whether something is owed.</summary>
    public async Task BeatAsync()
    {
        if (Interlocked.Exchange(ref _isBeating, 1) != 0)
            return;
        try
        {
            if (_breaker.TryEnter())
                await PulseAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Fault(PulseOperation, error);
        }
        finally
        {
            Interlocked.Exchange(ref _isBeating, 0);
        }
    }

    private void LookForSilence()
    {
        if (!_hearing.HasGoneDeaf())
            return;
        Log.SecondTierUnheard(_logger);
        Miss();
    }

    private async Task PulseAsync()
    {
        if (!_isListening)
        {
            // Nobody waits for this one but the start of the application: a first connection may take its time.
            await _tier.ListenAsync(this, CancellationToken.None).AsTask().WaitAsync(_interval * BeatsPerSilence, _clock).ConfigureAwait(false);
            _isListening = true;
        }

        await PayAsync().ConfigureAwait(false);
        var before = _hearing.BeforePulse();
        var known = _epochs.Of(CacheScopes.All);
        var pulse = await Limit(_tier.PulseAsync(CacheScopes.All, _epochs.Fresh(CacheScopes.All), CancellationToken.None)).ConfigureAwait(false);
        _breaker.Succeeded();
        _epochs.Raise(CacheScopes.All, pulse.Epoch);
        if (pulse.Epoch < known)
            _debt.Owe([]);
        Act(_hearing.Pulsed(before, pulse.Number));
        _cache!.Time.Limit(_hearing.IsDeaf);
    }

    private void Act(TierHearing.Finding finding)
    {
        if (finding == TierHearing.Finding.Missed)
            Miss();
    }

    /// <summary>Messages may have been lost: nothing kept in memory can be trusted.</summary>
    private void Miss()
    {
        _metrics.Flush();
        _cache?.Time.Limit(_hearing.IsDeaf);
        Apply(CacheMessage.Everything);
    }

    private void Apply(CacheMessage message)
    {
        try
        {
            _cache?.Apply(message);
        }
        catch (ObjectDisposedException)
        {
            // The application ends; the connection is closed after the cache.
        }
    }
}
