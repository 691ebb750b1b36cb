using System.Diagnostics;
using GraphQLHost.Engines;
using GraphQLHost.Live;

namespace GraphQLHost.Observability;

/// <summary>Runs operations and watches them: an activity, a duration, the errors by code, and a line in the log for a slow one.</summary>
internal sealed class OperationWatch(
    IGraphQLEngine engine, HostTelemetry telemetry, ObservabilitySettings settings, FeedBell bell, RequestWindow window, TimeProvider clock, ILogger<OperationWatch> logger)
{
    public async ValueTask<GraphQLResult> ExecuteAsync(GraphQLRequest request, RequestContext context, CancellationToken clientGone)
    {
        var started = clock.GetTimestamp();
        using var activity = HostTelemetry.Source.StartActivity("graphql");
        context.Activity = activity;
        var outcome = "failed";
        try
        {
            var result = await engine.ExecuteAsync(request, context);
            outcome = Tell(result, context, activity);
            if (context.Operation.Kind == OperationKind.Mutation)
                bell.Ring();
            return result;
        }
        catch (OperationCanceledException)
        {
            outcome = clientGone.IsCancellationRequested ? "cancelled" : "timeout";
            if (outcome == "timeout")
                Fail(context, activity, HostErrorCodes.Timeout);
            throw;
        }
        catch (Exception)
        {
            Fail(context, activity, HostErrorCodes.Internal);
            throw;
        }
        finally
        {
            End(context, activity, outcome, clock.GetElapsedTime(started));
        }
    }

    /// <summary>A request that never became an operation.</summary>
    public void Refused(string code) => telemetry.Failed(OperationKind.None, code);

    private string Tell(GraphQLResult result, RequestContext context, Activity? activity)
    {
        var hasErrors = false;
        // One that is repeated in a thousand fields is one.
        foreach (var code in result.ErrorCodes.Distinct(StringComparer.Ordinal))
        {
            hasErrors = true;
            Fail(context, activity, code);
        }

        return result.Outcome != GraphQLOutcome.Executed ? "refused" : hasErrors ? "errors" : "done";
    }

    private void Fail(RequestContext context, Activity? activity, string code)
    {
        telemetry.Failed(context.Operation.Kind, code);
        context.HasFailed |= code is HostErrorCodes.Internal or HostErrorCodes.Timeout;
        activity?.SetStatus(ActivityStatusCode.Error).SetTag(HostTelemetry.ErrorTypeTag, code);
    }

    private void End(RequestContext context, Activity? activity, string outcome, TimeSpan elapsed)
    {
        var operation = context.Operation;
        var kind = HostTelemetry.NameOf(operation.Kind);
        telemetry.Ended(operation.Kind, outcome, elapsed);
        if (outcome != "cancelled")
            window.Record(elapsed, context.HasFailed);
        if (activity is not null)
        {
            activity.DisplayName = operation.Name is { } name ? $"{kind} {name}" : kind;
            activity.SetTag(HostTelemetry.OperationTypeTag, kind).SetTag(HostTelemetry.OperationNameTag, operation.Name).SetTag(HostTelemetry.OutcomeTag, outcome);
        }

        // Names only: variables and the document's own values are nobody's business here, a password may be among them.
        if (settings.SlowOperation > TimeSpan.Zero && elapsed >= settings.SlowOperation)
            Log.SlowOperation(logger, kind, operation.Title, outcome, (long)elapsed.TotalMilliseconds);
    }
}
