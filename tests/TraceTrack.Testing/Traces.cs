using System.Collections.Concurrent;
using System.Diagnostics;

namespace TraceTrack.Testing;

/// <summary>Keeps the activities that the calling test causes. Sources are the process's, so those of other tests are told apart by their root.</summary>
public sealed class Traces : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly Activity _root = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
    private readonly ActivityListener _listener;

    public Traces(params string[] sources)
    {
        _listener = new()
        {
            ShouldListenTo = candidate => sources.Contains(candidate.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == _root.TraceId)
                    _ended.Enqueue(activity);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The ended ones.</summary>
    public IReadOnlyCollection<Activity> Ended => _ended;

    /// <summary>The ended ones, as <c>name tag=value …</c> with sorted tags, and <c>Error</c> behind those that failed.</summary>
    public string[] All => [.. _ended.Select(activity =>
        string.Join(' ', [
            activity.OperationName,
            .. activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal),
            .. activity.Status == ActivityStatusCode.Error ? ["Error" + activity.StatusDescription] : Array.Empty<string>(),
        ]))];

    public void Dispose()
    {
        _listener.Dispose();
        _root.Dispose();
    }
}
