using Microsoft.Extensions.Options;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Diagnostics;
using TraceTrack.Exports;
using TraceTrack.History;
using TraceTrack.Imports;
using TraceTrack.Scans;
using TraceTrack.Totals;
using TraceTrack.Users;

namespace TraceTrack;

/// <summary>What every tracker shares: the stores and the rules.</summary>
internal sealed class TraceTrackDoor(
    IOptions<TraceTrackOptions> options,
    BagKindRule kinds,
    TimeProvider clock,
    IBagStore bags,
    IBillStore bills,
    IScanStore scans,
    IHistoryStore history,
    IUserStore users,
    ILoginSessionStore sessions,
    ITotalsStore totals,
    IBagImporter importer,
    IBagExporter exporter,
    Telemetry telemetry) : ITraceTrack
{
    public TraceTrackOptions Options { get; } = options.Value;

    public BagKindRule Kinds => kinds;

    public TimeProvider Clock => clock;

    public IBagStore BagStore => bags;

    public IBillStore BillStore => bills;

    public IScanStore ScanStore => scans;

    public IHistoryStore HistoryStore => history;

    public IUserStore UserStore => users;

    public ILoginSessionStore SessionStore => sessions;

    public ITotalsStore TotalsStore => totals;

    public IBagImporter Importer => importer;

    public IBagExporter Exporter => exporter;

    public Telemetry Telemetry => telemetry;

    public ITracker As(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return new Tracker(this, actor);
    }
}

internal sealed class Tracker(TraceTrackDoor door, Actor actor) : ITracker
{
    public Actor Actor => actor;

    public IBags Bags => new ActorBags(door, actor);

    public IBills Bills => new ActorBills(door, actor);

    public IScans Scans => new ActorScans(door, actor);

    public IHistory History => new ActorHistory(door, actor);

    public IUsers Users => new ActorUsers(door, actor);

    public ITotals Totals => new ActorTotals(door, actor);

    public IImports Imports => new ActorImports(door, actor);

    public IExports Exports => new ActorExports(door, actor);
}
