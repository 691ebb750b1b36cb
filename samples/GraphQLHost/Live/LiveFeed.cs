using GraphQLHost.Observability;
using TraceTrack;
using TraceTrack.Bills;
using TraceTrack.Caching;
using TraceTrack.Scans;
using TraceTrack.Totals;
using TraceTrack.Users;

namespace GraphQLHost.Live;

/// <summary>
/// This host's one reader of the feed of scans, on behalf of all its subscribers. It reads while there is one: when the bell rings, and now and then
/// without, since other hosts write too and a commit is in the feed only when every older transaction has ended.
/// </summary>
internal sealed class LiveFeed : IDisposable
{
    private const int PageSize = ScanFeedPage.MaxSize;

    /// <summary>After something was written: it may come into the feed a moment later.</summary>
    private static readonly TimeSpan SoonAgain = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly HashSet<ScanReader> _readers = [];
    private readonly ITraceTrack _traceTrack;
    private readonly ITracker _system;
    private readonly LiveSettings _settings;
    private readonly TimeProvider _clock;
    private readonly FeedBell _bell;
    private readonly ILogger<LiveFeed> _logger;
    private int _states;
    private Run? _run;

    public LiveFeed(
        ITraceTrack traceTrack, LiveSettings settings, TimeProvider clock, FeedBell bell, LiveTelemetry telemetry, ILogger<LiveFeed> logger, CacheNews? news = null)
    {
        telemetry.Observe(() => Lag);
        // Other hosts ring too, where the cache has a tier in common with them.
        news?.Heard += (_, _) => bell.Ring();
        (_traceTrack, _settings, _clock, _bell, _logger) = (traceTrack, settings, clock, bell, logger);
        _system = traceTrack.As(Actor.System);
        Bills = new(_system.Bills.FindManyAsync, TimeSpan.Zero, clock);
        Totals = new(async (_, cancellationToken) => [await _system.Totals.GetAsync(cancellationToken)], settings.TotalsInterval, clock);
    }

    public StateWatch<BillNumber, Bill?> Bills { get; }

    /// <summary>There is one state, whatever the key.</summary>
    public StateWatch<int, TraceTrackTotals> Totals { get; }

    /// <summary>Up to where subscribers have been told everything; null while there are none.</summary>
    public EventPosition? Position
    {
        get
        {
            lock (_lock)
                return _run?.Position;
        }
    }

    /// <summary>How long ago the feed was last read to its end; null while there are no subscribers.</summary>
    public TimeSpan? Lag
    {
        get
        {
            lock (_lock)
                return _run is { } run ? _clock.GetElapsedTime(run.ReadToEndAt) : null;
        }
    }

    public ValueTask<EventPosition> FindEndAsync(CancellationToken cancellationToken) => _system.Scans.FindFeedEndAsync(cancellationToken);

    /// <summary>Lets a reader get all that comes after a position, each scan once.</summary>
    /// <returns>False when that has been told to others already: the reader goes on by itself from there, and tries again.</returns>
    public bool TryJoin(ScanReader reader, EventPosition from)
    {
        lock (_lock)
        {
            if (_run is { } run && run.Position > from)
                return false;
            reader.From = from;
            _readers.Add(reader);
            Begin(from);
            return true;
        }
    }

    public void Leave(ScanReader reader)
    {
        lock (_lock)
        {
            if (_readers.Remove(reader))
                EndIfUnwanted();
        }
    }

    /// <summary>A subscriber to a state has come.</summary>
    public void JoinStates(EventPosition from)
    {
        lock (_lock)
        {
            _states++;
            Begin(from);
        }

        // What changed between the subscriber's own look and this moment.
        _bell.Ring();
    }

    public void LeaveStates()
    {
        lock (_lock)
        {
            _states--;
            EndIfUnwanted();
        }
    }

    public void Dispose()
    {
        lock (_lock)
            End();
    }

    private void Begin(EventPosition from)
    {
        if (_run is not null)
            return;
        var run = _run = new(from, _clock.GetTimestamp());
        _ = Task.Run(() => FollowAsync(run));
    }

    private void EndIfUnwanted()
    {
        if (_readers.Count == 0 && _states == 0)
            End();
    }

    private void End()
    {
        _run?.Stop.Cancel();
        _run = null;
    }

    private async Task FollowAsync(Run run)
    {
        var wait = _settings.PollInterval;
        while (!run.Stop.IsCancellationRequested)
        {
            try
            {
                if (await StepAsync(run))
                    continue;
                var isRung = await _bell.WaitAsync(wait, _clock, run.Stop.Token);
                if (isRung)
                    await Task.Delay(SoonAgain, _clock, run.Stop.Token);
                wait = isRung ? SoonAgain : new(Math.Min(wait.Ticks * 2, _settings.PollInterval.Ticks));
            }
            catch (Exception) when (run.Stop.IsCancellationRequested)
            {
                // Whatever it is, nobody is told any more.
                return;
            }
        }
    }

    /// <returns>True when there is more already.</returns>
    private async Task<bool> StepAsync(Run run)
    {
        try
        {
            var hasMore = await ReadAsync(run);
            await Bills.LookAsync(run.Position, run.Stop.Token);
            await Totals.LookAsync(run.Position, run.Stop.Token);
            run.HasFailed = false;
            return hasMore;
        }
        catch (InvalidInputException beyond)
        {
            // The store is not the one it was: a dump was restored. Subscribers learn it as they would from a query.
            Fail(run, beyond);
        }
        catch (Exception error) when (!run.Stop.IsCancellationRequested)
        {
            if (!run.HasFailed)
                Log.FeedFailed(_logger, error);
            run.HasFailed = true;
        }

        return false;
    }

    private async Task<bool> ReadAsync(Run run)
    {
        var begun = _clock.GetTimestamp();
        bool isWanted;
        lock (_lock)
            isWanted = _readers.Count > 0;
        if (!isWanted || run.IsLost)
        {
            // Nobody wants the scans, so it is enough to know where they end.
            var end = await _system.Scans.FindFeedEndAsync(run.Stop.Token);
            lock (_lock)
            {
                if (_readers.Count == 0 || run.IsLost)
                    (run.Position, run.ReadToEndAt, run.IsLost) = (run.IsLost || end > run.Position ? end : run.Position, begun, false);
            }

            return false;
        }

        var page = await _system.Scans.ReadAfterAsync(run.Position, PageSize, run.Stop.Token);
        await TellAsync(run, page);
        if (!page.HasMore)
        {
            lock (_lock)
                run.ReadToEndAt = begun;
        }

        return page.HasMore;
    }

    /// <summary>To each what it may see: that is found out once for each area, and then told to all at the same moment.</summary>
    private async Task TellAsync(Run run, ScanFeedPage page)
    {
        if (page.Events.Count == 0)
            return;
        var shown = new Dictionary<AreaScope, IReadOnlyList<ScanEvent>> { [AreaScope.All] = page.Events };
        while (true)
        {
            (ScanReader Reader, Actor Actor)[] subscribers;
            lock (_lock)
            {
                if (_run != run)
                    return;
                subscribers = [.. _readers.Select(reader => (reader, reader.Actor))];
                if (subscribers.All(subscriber => shown.ContainsKey(AccessRules.ReadScope(subscriber.Actor))))
                {
                    foreach (var (reader, actor) in subscribers)
                        reader.Offer(shown[AccessRules.ReadScope(actor)]);
                    run.Position = page.Position!.Value;
                    return;
                }
            }

            foreach (var actor in subscribers.Select(subscriber => subscriber.Actor).DistinctBy(AccessRules.ReadScope))
            {
                if (!shown.ContainsKey(AccessRules.ReadScope(actor)))
                    shown[AccessRules.ReadScope(actor)] = await _traceTrack.As(actor).Scans.ShowAsync(page.Events, run.Stop.Token);
            }
        }
    }

    private void Fail(Run run, Exception error)
    {
        lock (_lock)
        {
            foreach (var reader in _readers)
                reader.Fail(error);
            _readers.Clear();
            run.IsLost = true;
        }
    }

    /// <summary>From the first subscriber to the last.</summary>
    private sealed class Run(EventPosition from, long begun)
    {
        public CancellationTokenSource Stop { get; } = new();

        public EventPosition Position { get; set; } = from;

        public long ReadToEndAt { get; set; } = begun;

        public bool HasFailed { get; set; }

        /// <summary>Whether the position is no position of this store any more.</summary>
        public bool IsLost { get; set; }
    }
}
