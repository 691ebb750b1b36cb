using TraceTrack.Caching;

namespace GraphQLHost.Observability;

/// <param name="Seconds">How many seconds the window holds.</param>
/// <param name="Count">Requests that were answered in it.</param>
/// <param name="Failed">Those that the server failed to do.</param>
/// <param name="P50">Half of them took no longer; null without any.</param>
/// <param name="P95">So for 95 of 100.</param>
/// <param name="P99">So for 99 of 100.</param>
/// <param name="CacheBefore">What the cache had answered when the window begins; null without any request, or without a cache.</param>
internal sealed record RequestFigures(double Seconds, int Count, int Failed, TimeSpan? P50, TimeSpan? P95, TimeSpan? P99, CacheReads? CacheBefore);

/// <summary>
/// Requests of the last seconds, for the host's own page. Kept by seconds, so that nothing has to run when nobody asks; times in classes of 9 %, so that
/// a second takes a kilobyte however many requests it holds.
/// </summary>
internal sealed class RequestWindow(TimeProvider clock, Func<CacheReads?> readCache)
{
    private const int Length = 10;
    private const int ClassesPerDoubling = 8;
    private const int Classes = 24 * ClassesPerDoubling;
    private const double Shortest = 0.00001;

    private readonly Lock _lock = new();
    private readonly Second[] _seconds = [.. Enumerable.Range(0, Length + 1).Select(_ => new Second())];
    private readonly long _started = clock.GetTimestamp();

    public void Record(TimeSpan elapsed, bool hasFailed)
    {
        var time = Math.Clamp((int)(Math.Log2(Math.Max(elapsed.TotalSeconds, Shortest) / Shortest) * ClassesPerDoubling), 0, Classes - 1);
        var number = Now();
        lock (_lock)
        {
            var second = _seconds[number % _seconds.Length];
            if (second.Number != number)
                second.Begin(number, readCache());
            second.Count++;
            second.Failed += hasFailed ? 1 : 0;
            second.Times[time]++;
        }
    }

    /// <summary>The last ten whole seconds, or as many as there were.</summary>
    public RequestFigures Read()
    {
        var now = Now();
        var (count, failed, times) = (0, 0, new int[Classes]);
        Second? first = null;
        lock (_lock)
        {
            foreach (var second in _seconds.Where(second => second.Number < now && second.Number >= now - Length))
            {
                count += second.Count;
                failed += second.Failed;
                for (var i = 0; i < Classes; i++)
                    times[i] += second.Times[i];
                if (first is null || second.Number < first.Number)
                    first = second;
            }
        }

        return new(Math.Clamp(now, 1, Length), count, failed, At(0.5), At(0.95), At(0.99), first?.CacheBefore);

        TimeSpan? At(double share)
        {
            var left = (int)Math.Ceiling(count * share);
            for (var i = 0; i < Classes && count > 0; i++)
            {
                left -= times[i];
                // The middle of the class.
                if (left <= 0)
                    return TimeSpan.FromSeconds(Shortest * Math.Pow(2, (i + 0.5) / ClassesPerDoubling));
            }

            return null;
        }
    }

    private long Now() => (long)clock.GetElapsedTime(_started).TotalSeconds;

    private sealed class Second
    {
        public long Number { get; private set; } = -1 - Length;

        public int Count { get; set; }

        public int Failed { get; set; }

        public int[] Times { get; } = new int[Classes];

        public CacheReads? CacheBefore { get; private set; }

        public void Begin(long number, CacheReads? cache)
        {
            (Number, Count, Failed, CacheBefore) = (number, 0, 0, cache);
            Array.Clear(Times);
        }
    }
}
