namespace TraceTrack.DemoData;

/// <summary>When a warehouse works: two shifts with breaks, little on Saturdays, next to nothing on Sundays and at night (UTC).</summary>
internal sealed class WorkingHours
{
    private static readonly int[] ByHour = [1, 1, 1, 1, 1, 2, 6, 9, 10, 10, 10, 9, 5, 10, 10, 10, 9, 7, 6, 6, 4, 3, 2, 1];
    private static readonly int[] ByDay = [2, 10, 11, 10, 10, 11, 5];

    private readonly DateTimeOffset _start;
    private readonly DateTimeOffset _end;

    /// <summary>Work done when an hour begins, and one more entry: all of it.</summary>
    private readonly double[] _done;

    public WorkingHours(DateTimeOffset start, DateTimeOffset end)
    {
        (_start, _end) = (start, end);
        var hours = (int)Math.Ceiling((end - start).TotalHours);
        _done = new double[hours + 1];
        for (var hour = 0; hour < hours; hour++)
        {
            var begins = start.AddHours(hour).UtcDateTime;
            var share = Math.Min(1, (end - start.AddHours(hour)).TotalHours);
            _done[hour + 1] = _done[hour] + (share * ByHour[begins.Hour] * ByDay[(int)begins.DayOfWeek]);
        }
    }

    /// <summary>The moment when a share of all the work is done.</summary>
    /// <param name="share">0 up to 1.</param>
    public DateTimeOffset At(double share)
    {
        var work = share * _done[^1];
        var found = Array.BinarySearch(_done, work);
        var hour = Math.Min(found >= 0 ? found : ~found - 1, _done.Length - 2);
        var into = (work - _done[hour]) / (_done[hour + 1] - _done[hour]);
        var begins = _start.AddHours(hour);
        var length = Math.Min(TimeSpan.TicksPerHour, (_end - begins).Ticks);
        return begins.AddTicks((long)(into * length));
    }
}
