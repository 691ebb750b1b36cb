using TraceTrack;

namespace GraphQLHost.Engines;

/// <summary>
/// Turns exceptions into what a client may know. Only exceptions made for callers keep their message;
/// of all others the client gets the request id, and the log the rest.
/// </summary>
internal sealed class ErrorTranslator(ILogger<ErrorTranslator> logger)
{
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
        if (context.FirstSightOf(exception))
            Log.RequestFailed(logger, exception, context.RequestId);
        return new(HostErrorCodes.Internal, "Something failed on the server. Its log tells more under this request id.", new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["requestId"] = context.RequestId,
        });
    }
}
