using TraceTrack.Scans;

namespace TraceTrack.DemoData;

/// <summary>
/// The scan log that led to a warehouse: dispatchers fill the newest parents one after the other, make mistakes, and check stock in
/// between. Merged by time, with only the jobs under way in memory.
/// </summary>
internal sealed class DemoHistory
{
    private const int CheckRows = 12;

    // Jobs of one area lie this many parents apart before one surely ended before the other began.
    private const int SurelyEarlier = 10 * DemoWarehouse.Areas;

    private static readonly TimeSpan Length = TimeSpan.FromDays(30);

    // The longest job takes less, so the last one ends before the history does.
    private static readonly TimeSpan LongestJob = TimeSpan.FromMinutes(10);

    private readonly DemoWarehouse _warehouse;
    private readonly Noise _noise;
    private readonly List<Job> _jobs = [];

    public DemoHistory(DemoWarehouse warehouse, Noise noise)
    {
        (_warehouse, _noise) = (warehouse, noise);
        Plan();
    }

    public IEnumerable<Scan> Rows(DateTimeOffset until, Func<DemoUser, string> actorId)
    {
        var hours = new WorkingHours(until - Length, until - LongestJob);
        var running = new PriorityQueue<(IEnumerator<Scan> Rows, int Job), (long Ticks, int Job)>();
        var row = 0L;
        for (var i = 0; i < _jobs.Count; i++)
        {
            var start = StartOf(i, hours);
            foreach (var scan in Until(start))
                yield return scan;
            var rows = RowsOf(i, start, actorId).GetEnumerator();
            if (rows.MoveNext())
                running.Enqueue((rows, i), (rows.Current.RecordedAt.Ticks, i));
        }

        foreach (var scan in Until(DateTimeOffset.MaxValue))
            yield return scan;

        IEnumerable<Scan> Until(DateTimeOffset time)
        {
            while (running.TryPeek(out var next, out var key) && key.Ticks <= time.Ticks)
            {
                var scan = next.Rows.Current;
                if (next.Rows.MoveNext())
                    running.DequeueEnqueue(next, (next.Rows.Current.RecordedAt.Ticks, next.Job));
                else
                    running.Dequeue();
                yield return scan with { ScanId = new(_noise.Uuid(Noise.Stream.ScanId, row++)) };
            }
        }
    }

    /// <summary>From the newest parent backward, until there are as many rows as asked for; what is left is filled with checks of stock.</summary>
    private void Plan()
    {
        var parent = _warehouse.Parents - 1;
        for (var left = _warehouse.HistoryRows; left > 0;)
        {
            var filling = parent >= 0 && _jobs.Count % 5 != 4 ? 1 + _warehouse.ChildrenOf(parent).Count + MistakesAt(parent) : int.MaxValue;
            if (filling <= left)
            {
                _jobs.Add(new(parent, parent, filling));
                parent--;
                left -= filling;
            }
            else
            {
                var rows = Math.Min(left, CheckRows);
                _jobs.Add(new(null, parent, rows));
                left -= rows;
            }
        }

        _jobs.Reverse();
    }

    private int MistakesAt(int parent) => _noise.Below(3, Noise.Stream.Mistakes, parent);

    private DateTimeOffset StartOf(int job, WorkingHours hours)
    {
        var within = _noise.Below(1000, Noise.Stream.JobTime, job) / 1000.0;
        return hours.At((job + within) / _jobs.Count);
    }

    private IEnumerable<Scan> RowsOf(int index, DateTimeOffset start, Func<DemoUser, string> actorId)
    {
        var job = _jobs[index];
        var area = (job.Parent ?? _noise.Below(DemoWarehouse.Areas, Noise.Stream.Checked, ~index)) % DemoWarehouse.Areas;
        var user = _warehouse.Users[_warehouse.DispatcherOf(area, index / DemoWarehouse.Areas)];
        var scanner = new DemoScanner(_warehouse, _noise, actorId(user), area);
        var rows = job.Parent is { } parent
            ? scanner.Fill(parent, MistakesAt(parent), parent - SurelyEarlier)
            : scanner.Check(index, job.Rows, job.Known - SurelyEarlier, job.Known);
        var time = start.Ticks;
        var place = (long)index << 8;
        foreach (var row in rows)
        {
            // Two to nine seconds from one bag to the next, in whole microseconds as stores keep them.
            time += TimeSpan.TicksPerMicrosecond * (2_000_000 + _noise.Below(7_000_000, Noise.Stream.Gap, place));
            var recorded = new DateTimeOffset(time - (time % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
            var lag = TimeSpan.FromMilliseconds(40 + _noise.Below(400, Noise.Stream.Lag, place++));
            yield return row with { RecordedAt = recorded, ScannedAt = recorded - lag };
        }
    }

    /// <param name="Parent">The parent to fill; null for a check of stock.</param>
    /// <param name="Known">The newest parent that was filled before.</param>
    /// <param name="Rows">Rows of the log.</param>
    private readonly record struct Job(int? Parent, int Known, int Rows);
}
