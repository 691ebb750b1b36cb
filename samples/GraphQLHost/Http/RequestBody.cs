using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using GraphQLHost.Engines;

namespace GraphQLHost.Http;

internal static class RequestBody
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads a body of JSON, never more of it than allowed.</summary>
    /// <exception cref="HttpFailure">400 or 413.</exception>
    public static async ValueTask<JsonElement> ReadAsync(HttpRequest http, int maxBytes, CancellationToken cancellationToken)
    {
        if (http.ContentLength > maxBytes)
            throw TooLarge(maxBytes);
        var reader = http.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (!read.IsCompleted && read.Buffer.Length <= maxBytes)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            try
            {
                if (read.Buffer.Length > maxBytes)
                    throw TooLarge(maxBytes);
                return Parse(read.Buffer.IsSingleSegment ? read.Buffer.FirstSpan : read.Buffer.ToArray());
            }
            finally
            {
                // Also when it is no JSON: Kestrel ends a connection whose body is left half read, and the client's next request with it.
                reader.AdvanceTo(read.Buffer.End);
            }
        }
    }

    private static JsonElement Parse(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith(ByteOrderMark))
            body = body[ByteOrderMark.Length..];
        // The JSON reader looks at the bytes of a string only when it is asked for, which may be deep inside an engine.
        if (!Utf8.IsValid(body))
            throw HttpFailure.BadRequest("The body is not valid UTF-8.");
        try
        {
            return JsonElement.Parse(body);
        }
        catch (JsonException)
        {
            throw HttpFailure.BadRequest("The body is not valid JSON.");
        }
    }

    private static HttpFailure TooLarge(int maxBytes) =>
        new(StatusCodes.Status413PayloadTooLarge, HostErrorCodes.RequestTooLarge, $"A request has at most {maxBytes} bytes.");
}
