using TraceTrack;
using TraceTrack.Users;

namespace GraphQLHost;

/// <summary>What a load balancer asks: is the process alive, and can it serve.</summary>
internal static partial class HostHealth
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Status("live", StatusCodes.Status200OK));
        routes.MapGet("/health/ready", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(ITraceTrack traceTrack, ILogger<Probe> logger, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestWait);
        try
        {
            await traceTrack.As(Actor.System).Totals.GetAsync(limit.Token).AsTask().WaitAsync(limit.Token);
            return Status("ready", StatusCodes.Status200OK);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, nobody should send requests here; the log tells more than an answer to anyone may.
            NotReady(logger, error.Message);
            return Status("unavailable", StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult Status(string status, int code) => Results.Json(new { status }, statusCode: code);

    [LoggerMessage(3, LogLevel.Warning, "Not ready: the store does not answer. {Reason}")]
    private static partial void NotReady(ILogger logger, string reason);

    internal sealed class Probe;
}
