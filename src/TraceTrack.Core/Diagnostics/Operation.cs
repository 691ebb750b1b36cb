using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TraceTrack.Diagnostics;

/// <summary>One kind of work at the door: an activity around it, its time, and what to count of its result. Two checks when nobody listens.</summary>
internal abstract class Operation<TResult>(TimeProvider clock, Histogram<double>? duration = null)
{
    private const string ErrorTypeTag = "error.type";

    protected abstract bool IsCounted { get; }

    /// <param name="action">One of a few names, in lower case; also the activity's.</param>
    /// <param name="state">Handed to the work, so that the delegate can be static and nothing is allocated.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Handed to the work.</param>
    public ValueTask<TResult> RunAsync<TState>(
        string action, TState state, Func<TState, CancellationToken, ValueTask<TResult>> work, CancellationToken cancellationToken) =>
        IsCounted || duration is { Enabled: true } || Telemetry.Source.HasListeners()
            ? ObserveAsync(action, state, work, cancellationToken)
            : work(state, cancellationToken);

    protected abstract string Outcome(TResult result);

    protected abstract void Count(string action, string outcome, TResult result, Activity? activity);

    private async ValueTask<TResult> ObserveAsync<TState>(
        string action, TState state, Func<TState, CancellationToken, ValueTask<TResult>> work, CancellationToken cancellationToken)
    {
        using var activity = Telemetry.Source.StartActivity("tracetrack." + action);
        var started = clock.GetTimestamp();
        TResult result;
        try
        {
            result = await work(state, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            var end = End(error, cancellationToken);
            // The code only: a message may hold what not everybody who reads traces may see.
            activity?.SetTag(end.Key, end.Value);
            if (end.Key == ErrorTypeTag)
                activity?.SetStatus(ActivityStatusCode.Error);
            duration?.Record(clock.GetElapsedTime(started).TotalSeconds, new(TraceTrackDiagnostics.ActionTag, action), end);
            throw;
        }

        var outcome = Outcome(result);
        activity?.SetTag(TraceTrackDiagnostics.OutcomeTag, outcome);
        Count(action, outcome, result, activity);
        duration?.Record(
            clock.GetElapsedTime(started).TotalSeconds, new(TraceTrackDiagnostics.ActionTag, action), new(TraceTrackDiagnostics.OutcomeTag, outcome));
        return result;
    }

    private static KeyValuePair<string, object?> End(Exception error, CancellationToken cancellationToken) => error switch
    {
        OperationCanceledException when cancellationToken.IsCancellationRequested => new(TraceTrackDiagnostics.OutcomeTag, "cancelled"),
        TraceTrackException known => new(ErrorTypeTag, known.Code),
        _ => new(ErrorTypeTag, error.GetType().FullName),
    };
}
