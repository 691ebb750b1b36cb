using System.Text;
using System.Text.Json;
using GraphQLHost.Engines;

namespace GraphQLHost.Http;

/// <summary>Reads the four parameters of a GraphQL request from a URL or from a body.</summary>
internal static class RequestReader
{
    /// <exception cref="HttpFailure">The request is not well formed.</exception>
    public static async ValueTask<GraphQLRequest> ReadAsync(HttpRequest http, GraphQLLimits limits, CancellationToken cancellationToken)
    {
        GraphQLRequest request;
        if (HttpMethods.IsPost(http.Method))
        {
            MediaTypes.CheckBody(http.ContentType);
            request = FromJson(await RequestBody.ReadAsync(http, limits.MaxRequestBytes, cancellationToken));
        }
        else if (HttpMethods.IsGet(http.Method))
        {
            request = FromUrl(http.Query);
        }
        else
        {
            throw new HttpFailure(StatusCodes.Status405MethodNotAllowed, HostErrorCodes.MethodNotAllowed, "Use POST, or GET for queries.") { Allow = "GET, POST" };
        }

        return Checked(request, limits);
    }

    /// <summary>Reads a request that came some other way, in the form of a body.</summary>
    /// <exception cref="HttpFailure">The request is not well formed.</exception>
    public static GraphQLRequest Read(JsonElement body, GraphQLLimits limits) => Checked(FromJson(body), limits);

    private static GraphQLRequest Checked(GraphQLRequest request, GraphQLLimits limits) =>
        Encoding.UTF8.GetByteCount(request.Query) <= limits.MaxDocumentBytes
            ? request
            : throw new HttpFailure(StatusCodes.Status400BadRequest, HostErrorCodes.DocumentTooLarge, $"A document has at most {limits.MaxDocumentBytes} bytes.");

    private static GraphQLRequest FromJson(JsonElement body)
    {
        if (body.ValueKind == JsonValueKind.Array)
            throw new HttpFailure(StatusCodes.Status400BadRequest, HostErrorCodes.BatchingNotSupported, "Send one request at a time, not an array.");
        if (body.ValueKind != JsonValueKind.Object)
            throw HttpFailure.BadRequest("The body must be a JSON object with a member query.");
        ObjectOrNothing(body, "extensions");
        return new(
            TextOrNothing(body, "query") ?? throw MissingQuery(),
            NullIfEmpty(TextOrNothing(body, "operationName")),
            ObjectOrNothing(body, "variables"),
            AllowMutations: true);
    }

    private static GraphQLRequest FromUrl(IQueryCollection url)
    {
        ObjectOrNothing(url["extensions"], "extensions");
        return new(
            NullIfEmpty(url["query"]) ?? throw MissingQuery(),
            NullIfEmpty(url["operationName"]),
            ObjectOrNothing(url["variables"], "variables"),
            AllowMutations: false);
    }

    private static string? TextOrNothing(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.String)
            throw HttpFailure.BadRequest($"The member {name} must be a string.");
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escape such as \ud800 alone: valid JSON, no valid text.
            throw HttpFailure.BadRequest($"The member {name} is not valid Unicode.");
        }
    }

    private static JsonElement ObjectOrNothing(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return default;
        return value.ValueKind == JsonValueKind.Object ? value : throw HttpFailure.BadRequest($"The member {name} must be an object.");
    }

    private static JsonElement ObjectOrNothing(string? json, string name)
    {
        if (string.IsNullOrEmpty(json))
            return default;
        try
        {
            var value = JsonElement.Parse(json);
            return value.ValueKind == JsonValueKind.Object ? value : throw HttpFailure.BadRequest($"The parameter {name} must be a JSON object.");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw HttpFailure.BadRequest($"The parameter {name} is not valid JSON.");
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static HttpFailure MissingQuery() => HttpFailure.BadRequest("The parameter query is missing.");
}
