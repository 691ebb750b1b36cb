namespace TraceTrack.Scans;

/// <summary>The server's time as stores keep it: whole microseconds, the least step PostgreSQL's timestamps have.</summary>
internal static class RecordedTime
{
    public static readonly TimeSpan Step = TimeSpan.FromMicroseconds(1);

    public static DateTimeOffset Truncate(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % Step.Ticks), TimeSpan.Zero);
}
