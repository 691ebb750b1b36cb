using GraphQLHost.Engines;
using GraphQLHost.Live;

namespace GraphQLHost.Http;

/// <summary>Carries a subscription's events to its client until one of the two, or the host, has had enough.</summary>
internal sealed class EventPump(EventParts parts, LiveEnd end, ErrorTranslator errors)
{
    /// <summary>For the last words to a client that may not be listening.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    public async Task RunAsync(HttpContext http, GraphQLRequest request, RequestContext begun, IAsyncEnumerable<object> source, EventStreamWriter writer)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, end.Token);
        var events = source.GetAsyncEnumerator(stop.Token);
        var subscription = new EventSubscription(parts, http, request, begun, writer, stop.Token);
        var outcome = "done";
        try
        {
            await subscription.FollowAsync(events);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            outcome = http.RequestAborted.IsCancellationRequested ? "cancelled" : "stopped";
        }
        catch (Exception error)
        {
            var told = error is OperationCanceledException
                ? new(HostErrorCodes.Timeout, "An event took too long to be answered. Subscribe again after the last one.")
                : errors.Translate(error, begun);
            outcome = told.Code == HostErrorCodes.ResumeRequired ? "overrun" : "errors";
            parts.Telemetry.Told(told.Code);
            writer.WriteNext(new ErrorResult(GraphQLOutcome.Failed, told));
        }

        parts.Telemetry.Ended(outcome);
        await stop.CancelAsync();
        await subscription.CloseAsync(events);
        if (http.RequestAborted.IsCancellationRequested)
            return;
        using var farewell = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        farewell.CancelAfter(Farewell);
        writer.WriteComplete();
        await writer.FlushAsync(farewell.Token);
    }
}
