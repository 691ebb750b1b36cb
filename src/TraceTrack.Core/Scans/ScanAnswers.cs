using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Users;

namespace TraceTrack.Scans;

/// <summary>What a store wrote, as the actor may see it.</summary>
internal sealed class ScanAnswers(ScanCommit commit, Actor actor, TraceTrackOptions options)
{
    private readonly Dictionary<QrCode, Bag> _bags = commit.Bags.ToDictionary(bag => bag.Qr);
    private readonly Dictionary<BillNumber, Bill> _bills = commit.Bills.ToDictionary(bill => bill.Number);
    private readonly AreaScope _scope = AccessRules.ReadScope(actor);

    public ScanResult[] All()
    {
        var results = new ScanResult[commit.Changes.Decisions.Count];
        for (var i = 0; i < results.Length; i++)
            results[i] = Answer(commit.Changes.Decisions[i], commit.EventIds[i]);
        return results;
    }

    private ScanResult Answer(ScanDecision decision, long eventId)
    {
        var scan = decision.Scan with { EventId = eventId };
        // What the actor may not see must not lead to the bill it is on either.
        var bag = scan.Qr is { } scanned ? Visible(scanned) : null;
        var parent = (scan.ParentQr ?? bag?.ParentQr) is { } parentQr ? Visible(parentQr) : null;
        var bill = (scan.BillNumber ?? bag?.BillNumber ?? parent?.BillNumber) is { } number ? _bills.GetValueOrDefault(number) : null;
        return new()
        {
            Outcome = decision.IsReplay && scan.Outcome == ScanOutcome.Recorded ? ScanOutcome.Replayed : scan.Outcome,
            IsReplay = decision.IsReplay,
            Rejection = scan.Rejection,
            Fact = scan.Fact,
            Scan = scan,
            Bag = bag is null ? null : BagRules.Compose(bag, bag.ParentQr is { } qr ? _bags.GetValueOrDefault(qr) : null),
            Parent = parent,
            FromParent = scan.FromParentQr is { } from ? Visible(from) : null,
            Bill = bill is not null && !_scope.IsNone ? BillRules.Compose(bill, options) : null,
        };
    }

    private Bag? Visible(QrCode qr) => _bags.GetValueOrDefault(qr) is { } found && _scope.Allows(found.Area) ? found : null;
}
