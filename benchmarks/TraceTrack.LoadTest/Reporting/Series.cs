namespace TraceTrack.LoadTest.Reporting;

/// <summary>The times of one subject, in seconds.</summary>
internal sealed class Series
{
    private readonly List<double> _seconds = [];

    public int Count => _seconds.Count;

    public double Min => _seconds.Min();

    public double Max => _seconds.Max();

    public double Median
    {
        get
        {
            var sorted = _seconds.Order().ToArray();
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    public void Add(TimeSpan time) => _seconds.Add(time.TotalSeconds);
}
