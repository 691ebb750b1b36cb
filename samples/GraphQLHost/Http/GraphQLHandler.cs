using GraphQLHost.Engines;
using GraphQLHost.Identity;
using GraphQLHost.Observability;
using GraphQLHost.RateLimits;
using GraphQLHost.Server;
using GraphQLHost.Sockets;

namespace GraphQLHost.Http;

/// <summary>Answers GraphQL requests over HTTP with whichever engine is there, and hands sockets on.</summary>
internal sealed class GraphQLHandler(
    OperationWatch operations, EventStreamHandler streams, SocketHandler sockets, IdentitySettings identity, GraphQLLimits limits, ErrorTranslator errors, ILogger<GraphQLHandler> logger)
{
    public async Task HandleAsync(HttpContext http)
    {
        var requestId = RequestIds.Assign(http);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        timeout.CancelAfter(limits.Timeout);
        // Until negotiation has succeeded, errors go out as what everybody understands.
        var mediaType = MediaTypes.Json;
        try
        {
            if (http.WebSockets.IsWebSocketRequest)
            {
                await sockets.HandleAsync(http, requestId);
                return;
            }

            var chosen = MediaTypes.Choose(http.Request.Headers.Accept);
            var takesEvents = chosen == MediaTypes.EventStream;
            // What is no GraphQL request is answered by HTTP alone.
            mediaType = takesEvents ? MediaTypes.Json : chosen;
            var request = await RequestReader.ReadAsync(http.Request, limits, timeout.Token);
            var actor = await http.AuthenticateActorAsync(identity);
            var context = new RequestContext(requestId, http.RequestServices, timeout.Token)
            {
                Token = BearerToken.Of(http.Request),
                Actor = actor,
                Address = http.Connection.RemoteIpAddress?.ToString(),
                Stream = takesEvents ? new(actor) : null,
            };
            if (takesEvents)
            {
                await streams.HandleAsync(http, request, context);
                return;
            }

            var result = await operations.ExecuteAsync(request, context, http.RequestAborted);
            await ResponseWriter.WriteAsync(http.Response, StatusOf(http.Response, result.Outcome, context, mediaType), mediaType, result, http.RequestAborted);
        }
        catch (HttpFailure failure)
        {
            operations.Refused(failure.Error.Code);
            http.Response.Headers.Allow = failure.Allow;
            await ResponseWriter.WriteAsync(http.Response, failure.Status, mediaType, failure.Error, http.RequestAborted);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested || http.Response.HasStarted)
        {
            // The client has gone, or does not read any more; there is nobody to answer.
        }
        catch (OperationCanceledException)
        {
            // Only time cancels what the client does not: ours here, or that of looking up who asks.
            Log.RequestTimedOut(logger, requestId, limits.Timeout);
            await ResponseWriter.WriteAsync(http.Response, StatusCodes.Status503ServiceUnavailable, mediaType, ErrorTranslator.TimedOut, http.RequestAborted);
        }
        catch (BadHttpRequestException exception)
        {
            // Raised by the server itself while the body is read: too large, too slow, cut off.
            var error = new GraphQLError(HostErrorCodes.BadRequest, "The request could not be read.");
            await ResponseWriter.WriteAsync(http.Response, exception.StatusCode, mediaType, error, http.RequestAborted);
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            var error = errors.Translate(exception, new RequestContext(requestId, http.RequestServices, http.RequestAborted));
            await ResponseWriter.WriteAsync(http.Response, StatusCodes.Status500InternalServerError, mediaType, error, http.RequestAborted);
        }
    }

    private static int StatusOf(HttpResponse response, GraphQLOutcome outcome, RequestContext context, string mediaType)
    {
        if (outcome == GraphQLOutcome.MutationRefused)
            response.Headers.Allow = "POST";
        if (context.RetryAfter is not { } wait)
            return StatusOf(outcome, mediaType);
        response.Headers.RetryAfter = RateLimited.Header(wait);
        return StatusCodes.Status429TooManyRequests;
    }

    // Clients that speak plain application/json take every other status for a failure of HTTP and never read the errors.
    private static int StatusOf(GraphQLOutcome outcome, string mediaType) => outcome switch
    {
        GraphQLOutcome.Executed => StatusCodes.Status200OK,
        GraphQLOutcome.InvalidRequest when mediaType == MediaTypes.Json => StatusCodes.Status200OK,
        GraphQLOutcome.InvalidRequest => StatusCodes.Status400BadRequest,
        GraphQLOutcome.MutationRefused => StatusCodes.Status405MethodNotAllowed,
        _ => StatusCodes.Status500InternalServerError,
    };
}
