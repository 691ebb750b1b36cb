namespace TraceTrack.Caching;

/// <summary>
/// Whether this process hears what the others write. Messages are numbered, so a gap shows that some were lost; and a pulse says now and then
/// which was the last, so that a loss without a later message, or a channel that is dead, shows too.
/// </summary>
/// <param name="unheard">How long memory may answer what it kept before, without a sign that every message has arrived.</param>
/// <param name="clock">Real time: it is the network that is waited for.</param>
internal sealed class TierHearing(TimeSpan unheard, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private long? _last;
    private long _heardSinceInterruption;
    private (long Number, long At) _expected;
    private long _verifiedAt = clock.GetTimestamp();

    /// <summary>What a message or its absence asks of the cache.</summary>
    public enum Finding
    {
        InOrder,

        /// <summary>Messages were lost: nothing kept in memory can be trusted.</summary>
        Missed,
    }

    /// <summary>True while nothing shows that every message has arrived.</summary>
    public bool IsDeaf { get; private set; } = true;

    public Finding Heard(long number)
    {
        lock (_gate)
        {
            _heardSinceInterruption = Math.Max(_heardSinceInterruption, number);
            // Before the first pulse nobody knows which is the next. A late one or a repeat is no gap; a counter that began anew shows at the pulse.
            if (_last is not { } last || number <= last)
                return Finding.InOrder;
            _last = number;
            return number == last + 1 ? Finding.InOrder : Finding.Missed;
        }
    }

    public void Interrupted()
    {
        lock (_gate)
            (_last, _heardSinceInterruption, IsDeaf) = (null, 0, true);
    }

    /// <summary>To be taken before a pulse is sent.</summary>
    public (long? Last, long At) BeforePulse()
    {
        lock (_gate)
            return (_last, clock.GetTimestamp());
    }

    public Finding Pulsed((long? Last, long At) before, long number)
    {
        lock (_gate)
        {
            if (_last is null || before.Last is null)
            {
                // The first after an interruption: from here on all are counted, and what came before nobody knows.
                _last = Math.Max(number, _heardSinceInterruption);
                _expected = (number, before.At);
                Verified(before.At);
                return Finding.Missed;
            }

            var isLost = number < before.Last || _expected.Number > _last;
            if (isLost)
                _last = number < before.Last ? number : Math.Max(_expected.Number, _last.Value);
            // Whatever the pulse before this one spoke of has been heard, or is given up by now.
            Verified(_expected.At);
            // One that was sent a moment before this pulse may be a moment behind it: it is looked for at the next.
            _expected = (number, before.At);
            if (number <= _last)
                Verified(before.At);
            return isLost ? Finding.Missed : Finding.InOrder;
        }
    }

    /// <summary>To be asked now and then.</summary>
    /// <returns>True once, when silence has become too long.</returns>
    public bool HasGoneDeaf()
    {
        lock (_gate)
        {
            if (IsDeaf || clock.GetElapsedTime(_verifiedAt) < unheard)
                return false;
            return IsDeaf = true;
        }
    }

    private void Verified(long at) => (_verifiedAt, IsDeaf) = (at, false);
}
