using System.Collections;
using System.Diagnostics;

namespace GraphQLHost.Server;

/// <summary>
/// One id for each request: the trace's, so that a client's <c>traceparent</c> leads through answer, log and trace. In every answer as a header,
/// in every error of GraphQL, and in the log as a scope.
/// </summary>
internal static class RequestIds
{
    public const string Header = "X-Request-Id";

    /// <summary>The id of a request; the first call decides it.</summary>
    public static string Assign(HttpContext http)
    {
        var headers = http.Response.Headers;
        if (headers[Header] is [{ } known])
            return known;
        var id = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString() : http.TraceIdentifier;
        headers[Header] = id;
        return id;
    }

    /// <summary>What logs hold while the request runs.</summary>
    public static IDisposable? BeginRequest(this ILogger logger, string id) => logger.BeginScope(new Named("RequestId", id));

    /// <summary>What logs hold while a scan is recorded.</summary>
    public static IDisposable? BeginScan(this ILogger logger, string id) => logger.BeginScope(new Named("ScanId", id));

    /// <summary>One name with its value, as text and for logs that keep structure.</summary>
    private sealed class Named(string name, string value) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => 1;

        public KeyValuePair<string, object?> this[int index] =>
            index == 0 ? new(name, value) : throw new ArgumentOutOfRangeException(nameof(index));

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            yield return this[0];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => $"{name}:{value}";
    }
}
