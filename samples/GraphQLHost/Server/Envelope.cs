using GraphQLHost.Engines;
using GraphQLHost.Http;

namespace GraphQLHost.Server;

/// <summary>What every answer has, whatever gives it: an id, headers that keep browsers from doing harm with it, and no detail of a failure.</summary>
internal sealed class Envelope(RequestDelegate next, ILogger<Envelope> logger)
{
    /// <summary>
    /// For a page whose scripts and styles are files of this host: nothing inline, nothing from elsewhere, and nobody may put it into a frame.
    /// Harmless for JSON.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public async Task InvokeAsync(HttpContext http)
    {
        var id = RequestIds.Assign(http);
        AddHeaders(http.Response.Headers);
        using var scope = logger.BeginRequest(id);
        try
        {
            await next(http);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            Log.RequestFailed(logger, exception, id);
            await ResponseWriter.WriteAsync(
                http.Response, StatusCodes.Status500InternalServerError, MediaTypes.Json, ErrorTranslator.Internal, http.RequestAborted);
        }
    }

    private static void AddHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        // For browsers that do not know frame-ancestors.
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()";
    }
}
