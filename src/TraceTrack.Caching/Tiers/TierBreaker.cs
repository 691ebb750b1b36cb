namespace TraceTrack.Caching;

/// <summary>Keeps everybody from a tier that fails: after a failure nobody asks it for a while, then one tries, and only its success lets all in again.</summary>
internal sealed class TierBreaker(TimeSpan retryAfter, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private volatile bool _isOpen;
    private bool _isProbing;
    private long _openedAt;

    /// <summary>0: asked as usual; 1: one tries; 2: left alone.</summary>
    public int State
    {
        get
        {
            lock (_gate)
                return !_isOpen ? 0 : _isProbing ? 1 : 2;
        }
    }

    /// <summary>Whether one operation may ask the tier. Whoever may must say how it went.</summary>
    public bool TryEnter()
    {
        if (!_isOpen)
            return true;
        lock (_gate)
        {
            if (!_isOpen)
                return true;
            if (_isProbing || clock.GetElapsedTime(_openedAt) < retryAfter)
                return false;
            _isProbing = true;
            return true;
        }
    }

    /// <summary>It went well. That of an operation which began before the failure is no news, but does no harm: the next failure is soon noticed.</summary>
    public void Succeeded()
    {
        if (!_isOpen)
            return;
        lock (_gate)
            (_isOpen, _isProbing) = (false, false);
    }

    /// <returns>True when the tier was in order until now.</returns>
    public bool Failed()
    {
        lock (_gate)
        {
            var isNews = !_isOpen;
            (_isOpen, _isProbing, _openedAt) = (true, false, clock.GetTimestamp());
            return isNews;
        }
    }
}
