using GraphQLHost.Engines;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace GraphQLHost.Http;

/// <summary>Which media types go in and out, as GraphQL over HTTP has it.</summary>
internal static class MediaTypes
{
    public const string GraphQLResponse = "application/graphql-response+json";
    public const string Json = "application/json";
    public const string EventStream = "text/event-stream";

    // In the order of the server's preference: the first one's status codes tell more, and events are for who asks for them.
    private static readonly string[] Offered = [GraphQLResponse, Json, EventStream];

    /// <summary>The answer's type; without an Accept header the preferred one.</summary>
    /// <exception cref="HttpFailure">406.</exception>
    public static string Choose(StringValues accept)
    {
        if (StringValues.IsNullOrEmpty(accept) || !MediaTypeHeaderValue.TryParseList(accept, out var ranges) || ranges.Count == 0)
            return GraphQLResponse;
        var best = Offered.MaxBy(type => Quality(type, ranges))!;
        return Quality(best, ranges) > 0
            ? best
            : throw new HttpFailure(
                StatusCodes.Status406NotAcceptable, HostErrorCodes.NotAcceptable, $"Answers come as {GraphQLResponse}, {Json} or {EventStream}, in UTF-8.");
    }

    /// <exception cref="HttpFailure">415.</exception>
    public static void CheckBody(string? contentType)
    {
        var isJson = MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
            && IsUtf8(type);
        if (!isJson)
        {
            throw new HttpFailure(
                StatusCodes.Status415UnsupportedMediaType, HostErrorCodes.UnsupportedMediaType, $"Send the request as {Json}, in UTF-8.");
        }
    }

    // The most exact range decides, whatever the others say.
    private static double Quality(string type, IList<MediaTypeHeaderValue> ranges) =>
        ranges.Where(range => IsUtf8(range) && Matches(range, type)).OrderByDescending(Exactness).FirstOrDefault() is { } range
            ? range.Quality ?? 1
            : 0;

    private static bool Matches(MediaTypeHeaderValue range, string type) =>
        range.MatchesAllTypes
        || (range.MatchesAllSubTypes && type.StartsWith($"{range.Type}/", StringComparison.OrdinalIgnoreCase))
        || range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);

    private static int Exactness(MediaTypeHeaderValue range) => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2;

    public static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
