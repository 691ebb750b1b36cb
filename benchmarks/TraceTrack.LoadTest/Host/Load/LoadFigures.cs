using System.Collections.Concurrent;
using HdrHistogram;

namespace TraceTrack.LoadTest.Host;

/// <summary>How long the requests of a run took, by operation, and what went wrong.</summary>
internal sealed class LoadFigures
{
    private const long LongestMicroseconds = 120_000_000;

    private readonly HistogramBase[] _byOperation = [.. Mix.Operations.Select(_ => Make())];
    private readonly HistogramBase _mix = Make();
    private long _finished;

    /// <summary>How often each error came.</summary>
    public ConcurrentDictionary<string, int> Errors { get; } = new(StringComparer.Ordinal);

    /// <summary>Answered, log-ins among them.</summary>
    public long Requests => Interlocked.Read(ref _finished);

    public long Failed => Errors.Values.Sum(count => (long)count);

    public long Count(Operation operation) => _byOperation[(int)operation].TotalCount;

    /// <summary>
    /// All but log-ins, in milliseconds: a password's verification is slow on purpose, and one request in a hundred is a log-in, which alone would make the 99th percentile.
    /// </summary>
    public double Percentile(double percent) => Milliseconds(_mix, percent);

    public double Mean => _mix.TotalCount == 0 ? double.NaN : _mix.GetMean() / 1000;

    public double Percentile(Operation operation, double percent) => Milliseconds(_byOperation[(int)operation], percent);

    public void Add(Operation operation, TimeSpan latency)
    {
        var microseconds = Math.Clamp((long)latency.TotalMicroseconds, 1, LongestMicroseconds);
        _byOperation[(int)operation].RecordValue(microseconds);
        if (operation != Operation.LogIn)
            _mix.RecordValue(microseconds);
        Interlocked.Increment(ref _finished);
    }

    public void AddError(Operation operation, string code) => Errors.AddOrUpdate($"{operation.Text()}: {code}", 1, (_, count) => count + 1);

    private static double Milliseconds(HistogramBase histogram, double percent) =>
        histogram.TotalCount == 0 ? double.NaN : histogram.GetValueAtPercentile(percent) / 1000.0;

    private static HistogramBase Make() =>
        HistogramFactory.With64BitBucketSize().WithValuesUpTo(LongestMicroseconds).WithPrecisionOf(3).WithThreadSafeWrites().Create();
}
