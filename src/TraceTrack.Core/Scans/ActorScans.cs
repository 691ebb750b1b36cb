using TraceTrack.Diagnostics;
using TraceTrack.Paging;
using TraceTrack.Users;

namespace TraceTrack.Scans;

internal sealed class ActorScans(TraceTrackDoor door, Actor actor) : IScans
{
    public ValueTask<ScanResult> RecordAsync(RecordScan scan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scan);
        scan.CheckTime(door.Clock.GetUtcNow());
        return door.Telemetry.Scan.RunAsync(
            TagValue.Of(scan.Action), (Self: this, scan), static (args, token) => args.Self.DecideAsync(args.scan, token), cancellationToken);
    }

    public ValueTask<IReadOnlyList<ScanResult>> RecordManyAsync(IReadOnlyList<RecordScan> scans, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scans);
        Check(scans, door.Clock.GetUtcNow());
        return door.Telemetry.ScanBatch.RunAsync(
            ScanBatchOperation.Record, (Self: this, scans), static (args, token) => args.Self.DecideManyAsync(args.scans, token), cancellationToken);
    }

    public async ValueTask<Page<Scan>> ListAsync(ScanFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(page);
        var scope = AccessRules.ReadScope(actor);
        var area = Area.Normalize(filter.Area);
        if (scope.IsNone || (area is not null && !scope.Allows(area)) || (filter.ActorId is { } actorId && !PlainText.IsStorable(actorId)))
            return Page<Scan>.Empty;
        var allowed = filter with { Area = area ?? scope.Area, Recorded = filter.Recorded.InMicroseconds };
        var sight = new ScanSight(scope, door.BagStore);
        return await PageReader.ReadAsync<Scan, ScanPosition>(
            page,
            Cursor.Fingerprint("scans", allowed.ActorId, allowed.Qr?.Value, allowed.Area, allowed.Recorded.Text),
            text => TimePosition.Parse(text) is var (time, id) ? new(time, id) : null,
            scan => TimePosition.Format(scan.RecordedAt, scan.EventId),
            async slice => await sight.ShowAsync(
                await door.ScanStore.ListAsync(allowed, slice, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false))
            .ConfigureAwait(false);
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
        return new(
            await ShowAsync(page, scope, cancellationToken).ConfigureAwait(false), page.Length == 0 ? after : page[^1].Position, HasMore: events.Count > limit);
    }

    public ValueTask<EventPosition> FindFeedEndAsync(CancellationToken cancellationToken) => door.ScanStore.FindFeedEndAsync(cancellationToken);

    public ValueTask<IReadOnlyList<ScanEvent>> ShowAsync(IReadOnlyList<ScanEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        return ShowAsync(events, AccessRules.ReadScope(actor), cancellationToken);
    }

    private async ValueTask<IReadOnlyList<ScanEvent>> ShowAsync(IReadOnlyList<ScanEvent> events, AreaScope scope, CancellationToken cancellationToken)
    {
        if (scope.IsAll)
            return events;
        ScanEvent[] allowed = [.. events.Where(e => scope.Allows(e.Scan.Area))];
        if (allowed.Length == 0)
            return [];
        var shown = await new ScanSight(scope, door.BagStore).ShowAsync(Array.ConvertAll(allowed, e => e.Scan), cancellationToken).ConfigureAwait(false);
        return [.. allowed.Select((e, i) => new ScanEvent(e.Position, shown[i]))];
    }

    private static void Check(IReadOnlyList<RecordScan> scans, DateTimeOffset now)
    {
        for (var i = 0; i < scans.Count; i++)
        {
            // Whoever calls from code without nullable types can pass one.
            if (scans[i] is null)
                throw new InvalidInputException(ErrorCodes.InvalidScan, $"Nothing was recorded: there is no scan at position {i}.");
            scans[i].CheckTime(now, i);
        }
    }

    private async ValueTask<ScanResult> DecideAsync(RecordScan scan, CancellationToken cancellationToken) =>
        (await DecideManyAsync([scan], cancellationToken).ConfigureAwait(false))[0];

    private async ValueTask<IReadOnlyList<ScanResult>> DecideManyAsync(IReadOnlyList<RecordScan> scans, CancellationToken cancellationToken)
    {
        if (scans.Count == 0)
            return [];
        var request = new ScanRequest(scans, door.Options, door.Kinds, actor);
        var commit = await door.ScanStore
            .RecordAsync(request, state => ScanRules.Decide(state, scans, actor, door.Options), cancellationToken)
            .ConfigureAwait(false);
        return new ScanAnswers(commit, actor, door.Options).All();
    }
}
