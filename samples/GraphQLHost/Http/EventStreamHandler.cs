using GraphQLHost.Engines;
using GraphQLHost.Observability;

namespace GraphQLHost.Http;

/// <summary>
/// Answers a client that takes a stream of events: a query or a mutation with one event, a subscription with one for each thing that happens. What is
/// refused is an event too, since a client that reads events reads nothing else.
/// </summary>
internal sealed class EventStreamHandler(OperationWatch operations, EventPump pump)
{
    /// <param name="http">The request.</param>
    /// <param name="request">What it asks for.</param>
    /// <param name="context">Who asks, with a stream.</param>
    public async Task HandleAsync(HttpContext http, GraphQLRequest request, RequestContext context)
    {
        using var stream = context.Stream!;
        var result = await operations.ExecuteAsync(request, context, http.RequestAborted);
        var writer = new EventStreamWriter(http.Response, context.RequestId);
        writer.Begin();
        if (stream.HasBegun(result))
        {
            await pump.RunAsync(http, request, context, writer, http.RequestAborted);
            return;
        }

        writer.WriteNext(result);
        writer.WriteComplete();
        await writer.FlushAsync(http.RequestAborted);
    }
}
