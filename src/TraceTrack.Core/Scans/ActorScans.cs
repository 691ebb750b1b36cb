using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Users;

namespace TraceTrack.Scans;

internal sealed class ActorScans(TraceTrackDoor door, Actor actor) : IScans
{
    public async ValueTask<ScanResult> RecordAsync(RecordScan scan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scan);
        RecordScan[] commands = [scan];
        var request = new ScanRequest(commands, door.Options, door.Kinds);
        var commit = await door.ScanStore
            .RecordAsync(request, state => ScanRules.Decide(state, commands, actor, door.Options), cancellationToken)
            .ConfigureAwait(false);
        return Result(commit, 0);
    }

    private ScanResult Result(ScanCommit commit, int index)
    {
        var decision = commit.Changes.Decisions[index];
        var scan = decision.Scan with { EventId = commit.EventIds[index] };
        var bags = commit.Bags.ToDictionary(bag => bag.Qr);
        var scope = AccessRules.ReadScope(actor);
        var bag = bags.GetValueOrDefault(scan.Qr);
        var parent = (scan.ParentQr ?? bag?.ParentQr) is { } parentQr ? bags.GetValueOrDefault(parentQr) : null;
        var bill = (scan.BillNumber ?? bag?.BillNumber ?? parent?.BillNumber) is { } number
            ? commit.Bills.FirstOrDefault(candidate => candidate.Number == number)
            : null;
        return new()
        {
            Outcome = decision.IsReplay && scan.Outcome == ScanOutcome.Recorded ? ScanOutcome.Replayed : scan.Outcome,
            IsReplay = decision.IsReplay,
            Rejection = scan.Rejection,
            Fact = scan.Fact,
            Scan = scan,
            Bag = bag is not null && scope.Allows(bag.Area) ? BagRules.Compose(bag, bag.ParentQr is { } qr ? bags.GetValueOrDefault(qr) : null) : null,
            Parent = parent is not null && scope.Allows(parent.Area) ? parent : null,
            Bill = bill is not null && AccessRules.MaySeeFigures(actor) ? BillRules.Compose(bill, door.Options) : null,
        };
    }
}
