using System.Diagnostics;
using System.Diagnostics.Metrics;
using GraphQLHost.Engines;

namespace GraphQLHost.Observability;

/// <summary>What the host measures of GraphQL, whichever engine runs. Tags have few values: never a name, a document or a variable.</summary>
internal sealed class HostTelemetry
{
    /// <summary>The host's meter and its source of activities; the library's are both named <c>TraceTrack</c>.</summary>
    public const string Name = "TraceTrack.GraphQLHost";

    public const string Duration = "tracetrack.graphql.duration";
    public const string Errors = "tracetrack.graphql.errors";

    public const string OperationTypeTag = "graphql.operation.type";
    public const string OperationNameTag = "graphql.operation.name";
    public const string OutcomeTag = TraceTrack.TraceTrackDiagnostics.OutcomeTag;
    public const string CountTag = TraceTrack.TraceTrackDiagnostics.CountTag;
    public const string ErrorTypeTag = "error.type";

    public static readonly ActivitySource Source = new(Name);

    private readonly Histogram<double> _duration;
    private readonly Counter<long> _errors;

    public HostTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _duration = meter.CreateHistogram(
            Duration, "s", "GraphQL operations, from the parsed request to the answer",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });
        _errors = meter.CreateCounter<long>(Errors, "{error}", "Errors told to clients of GraphQL, each code once a request");
    }

    public void Ended(OperationKind kind, string outcome, TimeSpan elapsed) =>
        _duration.Record(elapsed.TotalSeconds, new(OperationTypeTag, NameOf(kind)), new(OutcomeTag, outcome));

    public void Failed(OperationKind kind, string code) =>
        _errors.Add(1, new(OperationTypeTag, NameOf(kind)), new KeyValuePair<string, object?>(ErrorTypeTag, code));

    /// <summary>The tag's values; none where no operation was found, or none was looked for.</summary>
    public static string NameOf(OperationKind kind) => kind switch
    {
        OperationKind.Query => "query",
        OperationKind.Mutation => "mutation",
        OperationKind.Subscription => "subscription",
        _ => "none",
    };
}
