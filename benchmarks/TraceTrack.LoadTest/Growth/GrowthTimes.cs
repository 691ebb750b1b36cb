using System.Diagnostics;

namespace TraceTrack.LoadTest.Growth;

/// <summary>Times of one kind of call.</summary>
internal sealed class GrowthTimes
{
    private readonly List<double> _milliseconds = [];

    public double Median => Work.Median(_milliseconds);

    /// <summary>Calls one after the other. The first tenth warms up pages, plans and our compiler, and is left out.</summary>
    public static async Task<GrowthTimes> MeasureAsync(int calls, Func<int, Task> call)
    {
        var times = new GrowthTimes();
        for (var i = -(calls / 10); i < calls; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await call(i + (calls / 10));
            if (i >= 0)
                times._milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times;
    }
}
