using System.Diagnostics.Metrics;
using GraphQLHost.Engines;
using GraphQLHost.Live;

namespace GraphQLHost.Observability;

/// <summary>What the host measures of subscriptions.</summary>
internal sealed class LiveTelemetry
{
    public const string Open = "tracetrack.graphql.subscriptions";
    public const string EventCount = "tracetrack.graphql.subscription.events";
    public const string EndCount = "tracetrack.graphql.subscription.ends";
    public const string Lag = "tracetrack.graphql.feed.lag";

    private readonly HostTelemetry _host;
    private readonly Counter<long> _events;
    private readonly Counter<long> _ends;
    private Func<TimeSpan?> _lag = () => null;

    public LiveTelemetry(IMeterFactory meters, HostTelemetry host, StreamPlaces places)
    {
        _host = host;
        var meter = meters.Create(HostTelemetry.Name);
        _events = meter.CreateCounter<long>(EventCount, "{event}", "Events told to subscribers");
        _ends = meter.CreateCounter<long>(EndCount, "{subscription}", "Subscriptions that ended, by how");
        meter.CreateObservableGauge(Open, () => places.Taken, "{subscription}", "Subscriptions that are open");
        meter.CreateObservableGauge(
            Lag, () => _lag() is { } lag ? [new Measurement<double>(lag.TotalSeconds)] : Array.Empty<Measurement<double>>(), "s",
            "How long ago the feed was last read to its end for subscribers");
    }

    /// <param name="lag">How far subscribers are behind; null while there are none.</param>
    public void Observe(Func<TimeSpan?> lag) => _lag = lag;

    public void Event() => _events.Add(1);

    /// <summary>An error told to a subscriber after the subscription had begun.</summary>
    public void Told(string code) => _host.Failed(OperationKind.Subscription, code);

    /// <param name="outcome">done, errors, overrun, cancelled (by the client) or stopped (with the host).</param>
    public void Ended(string outcome) => _ends.Add(1, new KeyValuePair<string, object?>(HostTelemetry.OutcomeTag, outcome));
}
