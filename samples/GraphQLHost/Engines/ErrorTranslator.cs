using GraphQLHost.Server;
using TraceTrack;

namespace GraphQLHost.Engines;

/// <summary>
/// Turns exceptions into what a client may know. Only exceptions made for callers keep their message;
/// of all others the client gets the request id, and the log the rest.
/// </summary>
internal sealed class ErrorTranslator(ILogger<ErrorTranslator> logger)
{
    /// <summary>All that a client learns of what nobody expected.</summary>
    public static readonly GraphQLError Internal = new(HostErrorCodes.Internal, "Something failed on the server. Its log tells more under this request id.");

    /// <summary>Of a request that the host's own time limit has ended.</summary>
    public static readonly GraphQLError TimedOut = new(HostErrorCodes.Timeout, "The request took too long and was stopped. Sending it again is safe.");

    /// <summary>The code of an exception made for callers; null for any other.</summary>
    public static string? CodeOf(Exception exception) => exception switch
    {
        GraphQLErrorException failure => failure.Error.Code,
        TraceTrackException domain => domain.Code,
        _ => null,
    };

    public GraphQLError Translate(Exception exception, RequestContext context) => exception switch
    {
        GraphQLErrorException failure => failure.Error,
        ConflictException { ExpectedVersion: not null } conflict => new(conflict.Code, conflict.Message, new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["expectedVersion"] = conflict.ExpectedVersion,
            ["actualVersion"] = conflict.ActualVersion,
        }),
        TraceTrackException domain => new(domain.Code, domain.Message),
        _ => Unexpected(exception, context),
    };

    private GraphQLError Unexpected(Exception exception, RequestContext context)
    {
        // One failed batch reaches every field that waits for it; the log needs it once.
        if (!context.FirstSightOf(exception))
            return Internal;
        // The scan's own scope has ended.
        using (context.Scan is { } scan ? logger.BeginScan(scan) : null)
            Log.RequestFailed(logger, exception, context.RequestId);
        return Internal;
    }
}
