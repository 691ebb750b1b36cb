using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Diagnostics;
using TraceTrack.Paging;
using TraceTrack.Users;

namespace TraceTrack.Scans;

internal sealed class ActorScans(TraceTrackDoor door, Actor actor) : IScans
{
    public ValueTask<ScanResult> RecordAsync(RecordScan scan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scan);
        return door.Telemetry.Scan.RunAsync(
            TagValue.Of(scan.Action), (Self: this, scan), static (args, token) => args.Self.DecideAsync(args.scan, token), cancellationToken);
    }

    public async ValueTask<Page<Scan>> ListAsync(ScanFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(page);
        var scope = AccessRules.ReadScope(actor);
        var area = Area.Normalize(filter.Area);
        if (scope.IsNone || (area is not null && !scope.Allows(area)))
            return Page<Scan>.Empty;
        var allowed = filter with { Area = area ?? scope.Area };
        return await PageReader.ReadAsync<Scan, ScanPosition>(
            page,
            Cursor.Fingerprint("scans", allowed.ActorId, allowed.Qr?.Value, allowed.Area),
            text => TimePosition.Parse(text) is var (time, id) ? new(time, id) : null,
            scan => TimePosition.Format(scan.RecordedAt, scan.EventId),
            slice => door.ScanStore.ListAsync(allowed, slice, cancellationToken)).ConfigureAwait(false);
    }

    public async ValueTask<ScanFeedPage> ReadAfterAsync(EventPosition? after, int limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > ScanFeedPage.MaxSize)
            throw new InvalidInputException(ErrorCodes.InvalidPage, $"A page of the feed looks at 1–{ScanFeedPage.MaxSize} scans.");
        var scope = AccessRules.ReadScope(actor);
        if (scope.IsNone)
            return new([], after, HasMore: false);
        var events = await door.ScanStore.ReadAfterAsync(after, limit + 1, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidInputException(ErrorCodes.InvalidCursor,
                $"Position {after} lies beyond what this store has written: it is another store's, or this one was restored from a dump. Start again without one.");
        var page = events.Take(limit).ToArray();
        return new([.. page.Where(e => scope.Allows(e.Scan.Area))], page.Length == 0 ? after : page[^1].Position, HasMore: events.Count > limit);
    }

    private async ValueTask<ScanResult> DecideAsync(RecordScan scan, CancellationToken cancellationToken)
    {
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
        // What the actor may not see must not lead to the bill it is on either.
        var bag = Visible(scan.Qr);
        var parent = (scan.ParentQr ?? bag?.ParentQr) is { } parentQr ? Visible(parentQr) : null;
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
            Bag = bag is null ? null : BagRules.Compose(bag, bag.ParentQr is { } qr ? bags.GetValueOrDefault(qr) : null),
            Parent = parent,
            Bill = bill is not null && AccessRules.MaySeeFigures(actor) ? BillRules.Compose(bill, door.Options) : null,
        };

        Bag? Visible(QrCode qr) => bags.GetValueOrDefault(qr) is { } found && scope.Allows(found.Area) ? found : null;
    }
}
