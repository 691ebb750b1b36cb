using GraphQLHost.Engines;

namespace GraphQLHost.Http;

internal static class ResponseWriter
{
    public static ValueTask WriteAsync(HttpResponse response, int status, string mediaType, GraphQLError error, CancellationToken cancellationToken) =>
        WriteAsync(response, status, mediaType, new ErrorResult(GraphQLOutcome.Failed, error), cancellationToken);

    public static async ValueTask WriteAsync(
        HttpResponse response, int status, string mediaType, GraphQLResult result, CancellationToken cancellationToken)
    {
        response.StatusCode = status;
        response.ContentType = $"{mediaType}; charset=utf-8";
        // Answers depend on the session, and change with every scan.
        response.Headers.CacheControl = "no-store";
        result.WriteTo(response.BodyWriter);
        await response.BodyWriter.FlushAsync(cancellationToken);
    }
}
