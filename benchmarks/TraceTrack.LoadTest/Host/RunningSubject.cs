namespace TraceTrack.LoadTest.Host;

/// <summary>One run of one subject.</summary>
/// <param name="Load">What the users saw.</param>
/// <param name="Cost">What it cost.</param>
/// <param name="Before">The host's metrics before it; null of the floor.</param>
/// <param name="After">The host's metrics after it.</param>
internal sealed record Measured(LoadResult Load, RunCost Cost, HostMetrics? Before, HostMetrics? After)
{
    public double Difference(string name, params ReadOnlySpan<string> labels) => After is null ? 0 : After.Sum(name, labels) - Before!.Sum(name, labels);
}

/// <summary>A subject that serves a database of its own, and its users.</summary>
internal sealed class RunningSubject(Subject subject, HostStage stage, MeasuredServer server, BenchDatabase database, Crowd crowd, long scansBefore) : IAsyncDisposable
{
    private bool _sound;
    private long _failed;

    public Subject Subject { get; } = subject;

    public Crowd Crowd { get; } = crowd;

    /// <summary>Of memory that the server takes now.</summary>
    public double Megabytes => Usage.OfProcess(server.ProcessId).Megabytes ?? 0;

    public BenchDatabase Database { get; } = database;

    /// <summary>As fast as answers come.</summary>
    public Task<Measured> ClosedAsync(int users, TimeSpan time, CancellationToken cancellation) =>
        MeasureAsync(users, crowd => new LoadRun(crowd, time).ClosedAsync(cancellation), cancellation);

    /// <summary>At a fixed rate.</summary>
    public Task<Measured> OpenAsync(int users, double perSecond, TimeSpan time, CancellationToken cancellation, Action<Operation, TimeSpan, TimeSpan>? watch = null) =>
        MeasureAsync(users, crowd => new LoadRun(crowd, time) { Watch = watch }.OpenAsync(perSecond, cancellation), cancellation);

    /// <summary>A hundred look-ups a request, as fast as answers come.</summary>
    public Task<Measured> HundredsAsync(int users, TimeSpan time, CancellationToken cancellation) => MeasureAsync(
        users, crowd => new LoadRun(crowd, time) { Instead = (user, token) => user.HundredAsync(token) }.ClosedAsync(cancellation), cancellation);

    /// <summary>What the users were told is in the store, and nothing else.</summary>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        var scans = await Database.ScalarAsync<long>("SELECT count(*) FROM tracetrack.scan", cancellation);
        // Whether a scan without an answer was recorded is not known.
        if (_failed == 0)
            Work.Check(scans, scansBefore + Crowd.Recorded, "scans in the log");
        var totals = await Database.Tracker.Totals.ReconcileAsync(cancellation);
        if (!totals.IsExact)
            throw new InvalidOperationException($"The totals of {Subject.Name} are not exact: {totals}");
        _sound = true;
    }

    public async ValueTask DisposeAsync()
    {
        Crowd.Dispose();
        await server.DisposeAsync();
        await Database.DisposeAsync();
        if (!_sound)
            Work.Say($"{Subject.Name} printed last:\n{server.Lines}");
    }

    private async Task<Measured> MeasureAsync(
        int users, Func<IReadOnlyList<BenchUser>, Task<LoadResult>> run, CancellationToken cancellation)
    {
        await Crowd.GrowAsync(users, cancellation);
        var before = await MetricsAsync(cancellation);
        var watched = new Watched(server.ProcessId, stage.PostgresProcess, stage.RedisProcess);
        var load = await run([.. Crowd.Users.Take(users)]);
        var cost = watched.Stop();
        _failed += load.Figures.Failed;
        return new(load, cost, before, await MetricsAsync(cancellation));
    }

    private async Task<HostMetrics?> MetricsAsync(CancellationToken cancellation) =>
        Subject.IsHost ? await HostMetrics.ReadAsync(server.Address, cancellation) : null;
}
