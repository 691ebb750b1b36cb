using GraphQLHost.Engines;
using GraphQLHost.Live;

namespace GraphQLHost.Http;

/// <summary>Carries a subscription's events to its client until one of the two, or the host, has had enough.</summary>
internal sealed class EventPump(EventParts parts, LiveEnd end, ErrorTranslator errors)
{
    /// <summary>For the last words to a client that may not be listening.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    /// <param name="http">The connection: whoever it says is the subscriber.</param>
    /// <param name="request">The subscription.</param>
    /// <param name="begun">What it was begun with.</param>
    /// <param name="sink">Where events go.</param>
    /// <param name="gone">Cancelled when the client wants no more of it.</param>
    public async Task RunAsync(HttpContext http, GraphQLRequest request, RequestContext begun, IEventSink sink, CancellationToken gone)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(gone, end.Token);
        var events = begun.Stream!.Source!.GetAsyncEnumerator(stop.Token);
        var subscription = new EventSubscription(parts, http, request, begun, sink, stop.Token);
        var outcome = "done";
        try
        {
            await subscription.FollowAsync(events);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            outcome = gone.IsCancellationRequested ? "cancelled" : "stopped";
        }
        catch (Exception error)
        {
            var told = error is OperationCanceledException
                ? new(HostErrorCodes.Timeout, "An event took too long to be answered. Subscribe again after the last one.")
                : errors.Translate(error, begun);
            outcome = told.Code == HostErrorCodes.ResumeRequired ? "overrun" : "errors";
            parts.Telemetry.Told(told.Code);
            sink.WriteNext(new ErrorResult(GraphQLOutcome.Failed, told));
        }

        parts.Telemetry.Ended(outcome);
        await stop.CancelAsync();
        await subscription.CloseAsync(events);
        if (gone.IsCancellationRequested)
            return;
        using var farewell = CancellationTokenSource.CreateLinkedTokenSource(gone);
        farewell.CancelAfter(Farewell);
        sink.WriteComplete();
        await sink.FlushAsync(farewell.Token);
    }
}
