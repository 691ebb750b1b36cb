using System.Buffers;
using GraphQLHost.Engines;
using Microsoft.AspNetCore.Http.Features;

namespace GraphQLHost.Http;

/// <summary>Writes what GraphQL over Server-Sent Events has: <c>next</c> with each answer, <c>complete</c> at the end, and comments in between.</summary>
internal sealed class EventStreamWriter(HttpResponse response, string requestId) : IEventSink
{
    private static ReadOnlySpan<byte> NextHead => "event: next\ndata: "u8;

    private static ReadOnlySpan<byte> Complete => "event: complete\ndata:\n\n"u8;

    public long UnflushedBytes => response.BodyWriter.UnflushedBytes;

    public void Begin()
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = $"{MediaTypes.EventStream}; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        // nginx would keep events until it has a bufferful.
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    /// <summary>Neither engine breaks lines inside an answer.</summary>
    public void WriteNext(GraphQLResult result)
    {
        response.BodyWriter.Write(NextHead);
        result.WriteTo(response.BodyWriter, requestId);
        response.BodyWriter.Write("\n\n"u8);
    }

    public void WriteComment() => response.BodyWriter.Write(":\n\n"u8);

    public void WriteComplete() => response.BodyWriter.Write(Complete);

    public async ValueTask FlushAsync(CancellationToken cancellationToken) => await response.BodyWriter.FlushAsync(cancellationToken);
}
