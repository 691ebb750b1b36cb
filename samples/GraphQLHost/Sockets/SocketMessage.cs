using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using GraphQLHost.Engines;

namespace GraphQLHost.Sockets;

/// <summary>A message of the graphql-transport-ws protocol.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Id">Which operation it belongs to; null for the connection.</param>
/// <param name="Payload">What it carries; undefined for nothing.</param>
internal readonly record struct SocketMessage(string Type, string? Id, JsonElement Payload)
{
    public const string Init = "connection_init";
    public const string Ack = "connection_ack";
    public const string Ping = "ping";
    public const string Pong = "pong";
    public const string Subscribe = "subscribe";
    public const string Next = "next";
    public const string Error = "error";
    public const string Complete = "complete";

    /// <summary>Reads what a client sent.</summary>
    /// <exception cref="SocketFailure">4400: it is no message.</exception>
    public static SocketMessage Read(ReadOnlySpan<byte> text)
    {
        try
        {
            if (Utf8.IsValid(text) && JsonElement.Parse(text) is { ValueKind: JsonValueKind.Object } json && TextOf(json, "type") is { } type)
                return new(type, TextOf(json, "id"), json.TryGetProperty("payload", out var payload) ? payload : default);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // No JSON, or half of a surrogate pair in one of the texts.
        }

        throw SocketFailure.Invalid("A message is a JSON object with a text as its type.");
    }

    /// <summary>A message without a payload.</summary>
    public static byte[] Write(string type, string? id = null) => Write(type, id, []);

    /// <summary><c>next</c> with an answer.</summary>
    public static byte[] WriteNext(string id, GraphQLResult result, string requestId) => Write(Next, id, Json(result, requestId).WrittenSpan);

    /// <summary><c>error</c> with the errors of an answer without data.</summary>
    public static byte[] WriteError(string id, GraphQLResult result, string requestId)
    {
        var answer = JsonElement.Parse(Json(result, requestId).WrittenSpan);
        return Write(Error, id, JsonMarshal.GetRawUtf8Value(answer.GetProperty("errors")));
    }

    private static ArrayBufferWriter<byte> Json(GraphQLResult result, string requestId)
    {
        var json = new ArrayBufferWriter<byte>();
        result.WriteTo(json, requestId);
        return json;
    }

    private static byte[] Write(string type, string? id, ReadOnlySpan<byte> payload)
    {
        var buffer = new ArrayBufferWriter<byte>(payload.Length + 100);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = GraphQLErrorJson.Encoder }))
        {
            json.WriteStartObject();
            if (id is not null)
                json.WriteString("id", id);
            json.WriteString("type", type);
            if (!payload.IsEmpty)
            {
                json.WritePropertyName("payload");
                json.WriteRawValue(payload, skipInputValidation: true);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
