using GraphQLHost.Engines;
using GraphQLHost.Server;

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
        var writer = response.BodyWriter;
        result.WriteTo(writer, RequestIds.Assign(response.HttpContext));
        // All of it is there: told its length, the server need not send it in chunks, and short answers are not compressed.
        if (writer.CanGetUnflushedBytes && !response.HasStarted)
            response.ContentLength = writer.UnflushedBytes;
        await writer.FlushAsync(cancellationToken);
    }
}
