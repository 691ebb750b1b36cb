using System.Diagnostics;
using System.Globalization;
using TraceTrack.Caching;

namespace TraceTrack.LoadTest.Host;

/// <summary>50 users at the fixed rate for long: whether memory stays flat, connections are given back, and the last tenth is as fast as the first.</summary>
internal sealed class Soak(HostStage stage, TimeSpan time)
{
    private const int Tenths = 10;
    private const double MostSlower = 1.2;

    private readonly LoadFigures[] _tenths = [.. Enumerable.Range(0, Tenths).Select(_ => new LoadFigures())];

    private readonly TimeSpan[] _paused = new TimeSpan[Tenths];
    private readonly TimeSpan[] _synced = new TimeSpan[Tenths];
    private long _began;

    private readonly List<(double Seconds, double Megabytes, long Connections)> _samples = [];

    public async Task RunAsync(CancellationToken cancellation)
    {
        var report = new BenchReport("host-soak", quick: false);
        await using var running = await stage.StartAsync(Subject.TraceTrack, cancellation);
        await WarmUpAsync(running, cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var sampling = SampleAsync(running, stop.Token);
        _began = Stopwatch.GetTimestamp();
        Measured run;
        await using (new PauseMeter(pause => Longest(_paused, pause), sync => Longest(_synced, sync)))
            run = await running.OpenAsync(HostBench.Users, Mix.FixedRate, time, cancellation, Watch);
        await stop.CancelAsync();
        await sampling;
        var probe = await ReadProbe.RunAsync(running.Crowd.Users, running.Database, hundreds: 10, cancellation);
        await running.CheckAsync(cancellation);
        Report(report, run, probe);
        await report.WriteFileAsync(TimeProvider.System);
    }

    /// <summary>
    /// An hour's scans, as fast as they are answered: else the last hour, which most look-ups are about, would be a minute long at first and half an hour at last,
    /// and the last tenth would be asked for other things than the first. Then the fixed rate for as long as the cache keeps a bag: else nearly all that was scanned
    /// so fast would still be in it at first.
    /// </summary>
    private static async Task WarmUpAsync(RunningSubject running, CancellationToken cancellation)
    {
        var hour = Mix.AnHour(Operation.Scan);
        while (running.Crowd.Recorded < hour)
        {
            await running.ClosedAsync(HostBench.Users, TimeSpan.FromSeconds(60), cancellation);
            Work.Say(FormattableString.Invariant($"{running.Crowd.Recorded:N0} of an hour's {hour:N0} scans"));
        }

        await running.OpenAsync(HostBench.Users, Mix.FixedRate, CachingOptions.DefaultBagTimeToLive, cancellation);
    }

    private void Watch(Operation operation, TimeSpan at, TimeSpan latency) => _tenths[TenthOf(at)].Add(operation, latency);

    private void Longest(TimeSpan[] ofTenths, TimeSpan duration)
    {
        ref var longest = ref ofTenths[TenthOf(Stopwatch.GetElapsedTime(_began))];
        if (longest < duration)
            longest = duration;
    }

    private int TenthOf(TimeSpan at) => Math.Min(Tenths - 1, (int)(at / time * Tenths));

    private async Task SampleAsync(RunningSubject running, CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            while (true)
            {
                var connections = await running.Database.ScalarAsync<long>(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'TraceTrack'", cancellation);
                _samples.Add((TimeProvider.System.GetElapsedTime(started).TotalSeconds, running.Megabytes, connections));
                await Task.Delay(TimeSpan.FromSeconds(Math.Max(1, time.TotalSeconds / 60)), cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }

    private void Report(BenchReport report, Measured run, ReadProbe probe)
    {
        var (first, last) = (_tenths[0].Percentile(99), _tenths[^1].Percentile(99));
        var half = _samples.Count / 2;
        // The second half against itself: the first is when caches fill.
        var growth = Mean(_samples.Skip(half + (half / 2))) / Mean(_samples.Skip(half).Take(half / 2));
        var (fewest, most) = (_samples.Min(sample => sample.Connections), _samples.Max(sample => sample.Connections));
        var minutes = time.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture);
        for (var tenth = 0; tenth < Tenths; tenth++)
            Work.Say(FormattableString.Invariant($"tenth {tenth + 1}: {Text(_tenths[tenth])}; the computer paused for up to {_paused[tenth].TotalMilliseconds:0} ms, its disk took up to {_synced[tenth].TotalMilliseconds:0} ms"));
        Work.Say(FormattableString.Invariant($"{minutes} min at {Mix.FixedRate}/s: {run.Load.Figures.Requests:N0} requests, {run.Load.Figures.Failed} errors. {run.Cost}"));
        foreach (var (error, count) in run.Load.Figures.Errors)
            Work.Say(FormattableString.Invariant($"  {count} × {error}"));
        Work.Say(FormattableString.Invariant($"p99 of the last tenth: {last / first:0.00} × the first's, at most {MostSlower}: {HostTables.Mark(last <= MostSlower * first)}"));
        Work.Say(FormattableString.Invariant($"server memory: {_samples[0].Megabytes:0} MB at first, {_samples[half].Megabytes:0} half way, {_samples[^1].Megabytes:0} in the end; last quarter {growth:0.00} × the one before"));
        Work.Say(FormattableString.Invariant($"connections: {fewest} to {most}, {_samples[^1].Connections} in the end"));
        var keys = Costs.OfCache(run) ?? 0;
        Work.Say(FormattableString.Invariant($"reads without database: {probe.WithoutDatabase:0.0} % ({probe.Text}); look-ups without database: {keys:0.0} %"));
        report.Add("soak", "tracetrack", "reads without database", probe.WithoutDatabase, "%");
        report.Add("soak", "tracetrack", "look-ups without database", keys, "%");
        report.Add("soak", "tracetrack", "minutes", time.TotalMinutes, "min");
        report.Add("soak", "tracetrack", "errors", run.Load.Figures.Failed, "requests");
        report.Add("soak", "tracetrack", "p99, first tenth", first, "ms");
        report.Add("soak", "tracetrack", "p99, last tenth", last, "ms");
        report.Add("soak", "tracetrack", "p99, last tenth / first", last / first, "x");
        report.Add("soak", "tracetrack", "memory, last quarter / the one before", growth, "x");
        for (var tenth = 0; tenth < Tenths; tenth++)
        {
            report.Add("soak", "tracetrack", FormattableString.Invariant($"p50, tenth {tenth + 1}"), _tenths[tenth].Percentile(50), "ms");
            report.Add("soak", "tracetrack", FormattableString.Invariant($"p99, tenth {tenth + 1}"), _tenths[tenth].Percentile(99), "ms");
            report.Add("soak", "computer", FormattableString.Invariant($"longest pause, tenth {tenth + 1}"), _paused[tenth].TotalMilliseconds, "ms");
            report.Add("soak", "computer", FormattableString.Invariant($"longest sync, tenth {tenth + 1}"), _synced[tenth].TotalMilliseconds, "ms");
        }

        foreach (var (seconds, megabytes, connections) in _samples)
        {
            report.Add("soak", "tracetrack", FormattableString.Invariant($"memory after {seconds:0} s"), megabytes, "MB");
            report.Add("soak", "tracetrack", FormattableString.Invariant($"connections after {seconds:0} s"), connections, "connections");
        }
    }

    private static string Text(LoadFigures tenth) => FormattableString.Invariant($"p50 {tenth.Percentile(50):0.0} ms, p99 {tenth.Percentile(99):0.0} ms; p99 of ")
        + string.Join(", ", Mix.Operations.Select(operation => FormattableString.Invariant($"{operation.Text()} {tenth.Percentile(operation, 99):0.0}")));

    private static double Mean(IEnumerable<(double Seconds, double Megabytes, long Connections)> samples) => samples.Average(sample => sample.Megabytes);
}
