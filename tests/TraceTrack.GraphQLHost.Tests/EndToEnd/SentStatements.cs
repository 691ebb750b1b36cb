using System.Collections.Concurrent;
using System.Diagnostics;

namespace GraphQLHost.EndToEnd;

/// <summary>What Npgsql sends to one database, as its own traces tell. A batch of statements in one round trip is one.</summary>
internal sealed class SentStatements : IDisposable
{
    private readonly ActivityListener _listener;

    /// <param name="database">The database's name.</param>
    /// <param name="trace">Counts only what belongs to this trace, so that work in the background is not among it; null for all.</param>
    public SentStatements(string database, ActivityTraceId? trace = null)
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("db.namespace") as string == database && activity.GetTagItem("db.query.text") is string text
                    && (trace is null || activity.TraceId == trace))
                    Texts.Enqueue(text);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public ConcurrentQueue<string> Texts { get; } = [];

    public void Dispose() => _listener.Dispose();
}
