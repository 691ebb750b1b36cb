using TraceTrack.Imports;

namespace TraceTrack.Postgres;

/// <summary>Counts the rows of an import and reports how far it is.</summary>
internal sealed class ImportWatch(TimeProvider clock, IProgress<ImportProgress>? progress)
{
    private const int ReportEvery = 50_000;

    /// <summary>Rows between two looks at the clock.</summary>
    private const int LookEvery = 1_000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly long _started = clock.GetTimestamp();
    private long _reported = clock.GetTimestamp();

    public long Rows { get; private set; }

    /// <value>Rows rejected while reading.</value>
    public long Rejected { get; private set; }

    public TimeSpan Elapsed => clock.GetElapsedTime(_started);

    /// <returns>The row's place in the file.</returns>
    public long Next()
    {
        if (++Rows % LookEvery == 0 && (Rows % ReportEvery == 0 || clock.GetElapsedTime(_reported) >= Longest))
            Report(ImportPhase.Reading);
        return Rows;
    }

    /// <summary>The row read last is rejected.</summary>
    public void Reject() => Rejected++;

    public void Report(ImportPhase phase)
    {
        _reported = clock.GetTimestamp();
        progress?.Report(new(phase, Rows, Elapsed, Rejected));
    }
}
