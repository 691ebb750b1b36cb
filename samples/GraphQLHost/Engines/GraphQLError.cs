using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GraphQLHost.Engines;

/// <summary>What a client learns of a failure: <c>message</c>, <c>extensions.code</c> and further <c>extensions</c>.</summary>
internal sealed record GraphQLError(string Code, string Message, IReadOnlyDictionary<string, object?>? Extensions = null);

/// <summary>Thrown by resolvers for failures that are the host's own; those of the domain are <see cref="TraceTrack.TraceTrackException"/>s.</summary>
internal sealed class GraphQLErrorException(GraphQLError error) : Exception(error.Message)
{
    public GraphQLErrorException(string code, string message)
        : this(new GraphQLError(code, message))
    {
    }

    public GraphQLError Error { get; } = error;
}

/// <summary>Codes of the host, beside the domain's in <see cref="TraceTrack.ErrorCodes"/>. A code is never renamed or given another meaning.</summary>
internal static class HostErrorCodes
{
    /// <summary>The field needs a session, and the request has none that is valid.</summary>
    public const string Unauthenticated = "UNAUTHENTICATED";

    /// <summary>The user name or the password is wrong; the two are not told apart. Also for the present password of a change.</summary>
    public const string LoginFailed = "LOGIN_FAILED";

    /// <summary>Too many log-ins at once; try again in a few seconds.</summary>
    public const string LoginBusy = "LOGIN_BUSY";

    /// <summary>The host trusts another identity than TraceTrack's own users, and logs nobody in or out.</summary>
    public const string LoginDisabled = "LOGIN_DISABLED";

    /// <summary>The caller asks too often; <c>retryAfterSeconds</c> and the header Retry-After say when to come again.</summary>
    public const string RateLimited = "RATE_LIMITED";

    /// <summary>The document asks for the schema, which this host tells admins only.</summary>
    public const string IntrospectionNotAllowed = "INTROSPECTION_NOT_ALLOWED";

    /// <summary>The host was told to stop and takes nothing new.</summary>
    public const string ShuttingDown = "SHUTTING_DOWN";

    /// <summary>As many subscriptions are open as the host, or one user, may have; <c>limit</c> and <c>of</c> say which.</summary>
    public const string TooManySubscriptions = "TOO_MANY_SUBSCRIPTIONS";

    /// <summary>The subscriber reads too slowly, and the stream ends; <c>eventId</c> says after which event to go on.</summary>
    public const string ResumeRequired = "RESUME_REQUIRED";

    /// <summary>A new password is too short or too long.</summary>
    public const string InvalidPassword = "INVALID_PASSWORD";

    /// <summary>A date is not written as 2026-11-25, or there is no such day.</summary>
    public const string InvalidDate = "INVALID_DATE";

    /// <summary>The server knows no time zone of this name.</summary>
    public const string InvalidTimeZone = "INVALID_TIME_ZONE";

    /// <summary>A failure of the server. The request id finds it in the log.</summary>
    public const string Internal = "INTERNAL";

    /// <summary>The request took longer than the server allows.</summary>
    public const string Timeout = "TIMEOUT";

    /// <summary>The HTTP request is not well formed: no JSON, no query, a parameter of the wrong type.</summary>
    public const string BadRequest = "BAD_REQUEST";

    /// <summary>The body is a JSON array.</summary>
    public const string BatchingNotSupported = "BATCHING_NOT_SUPPORTED";

    public const string MethodNotAllowed = "METHOD_NOT_ALLOWED";

    public const string NotAcceptable = "NOT_ACCEPTABLE";

    public const string UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE";

    public const string RequestTooLarge = "REQUEST_TOO_LARGE";

    public const string DocumentTooLarge = "DOCUMENT_TOO_LARGE";

    public const string SyntaxError = "SYNTAX_ERROR";

    public const string ValidationFailed = "VALIDATION_FAILED";

    public const string InvalidVariables = "INVALID_VARIABLES";

    /// <summary>The operation's name is unknown, or missing where the document holds several operations.</summary>
    public const string UnknownOperation = "UNKNOWN_OPERATION";

    public const string QueryTooDeep = "QUERY_TOO_DEEP";

    public const string QueryTooComplex = "QUERY_TOO_COMPLEX";
}

internal static class GraphQLErrorJson
{
    /// <summary>Leaves – and ° as they are. Safe where the answer is served as JSON, never as HTML.</summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static readonly JsonSerializerOptions Values = new() { Encoder = Encoder };

    public static void Write(IBufferWriter<byte> output, GraphQLError error, string requestId)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = Encoder });
        json.WriteStartObject();
        json.WriteStartArray("errors");
        json.WriteStartObject();
        json.WriteString("message", error.Message);
        json.WritePropertyName("extensions");
        JsonSerializer.Serialize(json, Extensions(error, requestId), Values);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What stands in <c>extensions</c>: the code, what else the error says, and the request's id.</summary>
    public static Dictionary<string, object?> Extensions(GraphQLError error, string requestId)
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = error.Code };
        foreach (var (name, value) in error.Extensions ?? new Dictionary<string, object?>(StringComparer.Ordinal))
            extensions[name] = value;
        extensions["requestId"] = requestId;
        return extensions;
    }
}
