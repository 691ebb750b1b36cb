using System.Globalization;

namespace TraceTrack.LoadTest.Bulk;

/// <summary>Seconds of one case, by subject, round by round.</summary>
internal sealed class Figures(string @case)
{
    private readonly Dictionary<string, List<double>> _seconds = [];

    public string Case => @case;

    public int Rounds => _seconds.Count == 0 ? 0 : _seconds.Values.Max(values => values.Count);

    public void Add(string subject, double seconds)
    {
        if (!_seconds.TryGetValue(subject, out var values))
            _seconds.Add(subject, values = []);
        values.Add(seconds);
    }

    public void AddAll(Figures other)
    {
        foreach (var (subject, values) in other._seconds)
            values.ForEach(value => Add(subject, value));
    }

    public override string ToString() => string.Join(
        ", ", _seconds.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} {string.Join(' ', one.Value.Select(value => value.ToString("0.00", CultureInfo.InvariantCulture)))} s")));

    public double Median(string subject) => Work.Median(_seconds[subject]);

    public void AddTo(BenchReport report)
    {
        foreach (var (subject, values) in _seconds)
        {
            report.Add(@case, subject, "seconds", Work.Median(values), "s");
            if (values.Count == 1)
                continue;
            report.Add(@case, subject, "fastest", values.Min(), "s");
            report.Add(@case, subject, "slowest", values.Max(), "s");
        }

        if (!_seconds.ContainsKey("tracetrack"))
            return;
        foreach (var subject in _seconds.Keys.Where(subject => subject != "tracetrack"))
        {
            if (subject == "floor")
                report.Add(@case, "tracetrack / floor", "ratio of medians", Median("tracetrack") / Median(subject), "x");
            else
                report.Add(@case, subject + " / tracetrack", "ratio of medians", Median(subject) / Median("tracetrack"), "x");
        }
    }
}
