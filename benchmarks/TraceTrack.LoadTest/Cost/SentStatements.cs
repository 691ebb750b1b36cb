using System.Diagnostics;

namespace TraceTrack.LoadTest.Cost;

/// <summary>How often this process asked one database, as the driver's own traces tell. A batch of statements in one round trip counts once.</summary>
internal sealed class SentStatements : IDisposable
{
    private readonly ActivityListener _listener;
    private long _count;

    public SentStatements(string database)
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("db.query.text") is not null && activity.GetTagItem("db.namespace") as string == database)
                    Interlocked.Increment(ref _count);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public long Count => Interlocked.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
