using GraphQLHost.Engines;
using GraphQLHost.Http;
using GraphQLHost.Identity;
using GraphQLHost.Server;
using TraceTrack;
using TraceTrack.Users;

namespace GraphQLHost.Bulk;

/// <summary>What imports and exports over HTTP have in common: who asks, and how a failure is told.</summary>
internal sealed class BulkRequests(
    ITraceTrack traceTrack, IdentitySettings identity, GraphQLLimits limits, ErrorTranslator errors, ILogger<BulkRequests> logger)
{
    /// <summary>Runs what an actor asks for. A failure is answered with a status while the answer has not begun; later it is the work's to tell.</summary>
    public async Task RunAsync(HttpContext http, string method, Func<ITracker, Task> work)
    {
        RequestIds.Assign(http);
        try
        {
            if (!HttpMethods.Equals(http.Request.Method, method))
                throw new HttpFailure(StatusCodes.Status405MethodNotAllowed, HostErrorCodes.MethodNotAllowed, $"Use {method}.") { Allow = method };
            await work(traceTrack.As(await AuthenticateAsync(http)));
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            var status = StatusOf(exception);
            var headers = http.Response.Headers;
            headers.ContentDisposition = default;
            headers.Allow = (exception as HttpFailure)?.Allow;
            if (status == StatusCodes.Status401Unauthorized)
                headers.WWWAuthenticate = "Bearer";
            await ResponseWriter.WriteAsync(http.Response, status, MediaTypes.Json, Explain(exception, http), http.RequestAborted);
        }
    }

    public GraphQLError Explain(Exception exception, HttpContext http) => exception switch
    {
        HttpFailure failure => failure.Error,
        // Raised by the server itself while the body is read: too slow, cut off.
        BadHttpRequestException => new(HostErrorCodes.BadRequest, "The request could not be read."),
        _ => errors.Translate(exception, new RequestContext(RequestIds.Assign(http), http.RequestServices, http.RequestAborted)),
    };

    private async ValueTask<Actor> AuthenticateAsync(HttpContext http)
    {
        try
        {
            return await http.AuthenticateActorAsync(identity) ?? throw new HttpFailure(
                StatusCodes.Status401Unauthorized, HostErrorCodes.Unauthenticated, "Log in, and send the token as Authorization: Bearer.");
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            // Only time cancels what the client does not. Files themselves may take any time.
            Log.RequestTimedOut(logger, RequestIds.Assign(http), limits.Timeout);
            throw new HttpFailure(
                StatusCodes.Status503ServiceUnavailable, HostErrorCodes.Timeout, "Looking up who asks took too long and was stopped. Sending the request again is safe.");
        }
    }

    private static int StatusOf(Exception exception) => exception switch
    {
        HttpFailure failure => failure.Status,
        BadHttpRequestException bad => bad.StatusCode,
        InvalidInputException => StatusCodes.Status400BadRequest,
        NotAllowedException => StatusCodes.Status403Forbidden,
        ConflictException => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status500InternalServerError,
    };
}
