using System.Diagnostics;
using System.Globalization;
using TraceTrack.DemoData;
using TraceTrack.LocalServices;

namespace TraceTrack.LoadTest.Host;

/// <summary>
/// The whole host under users, with the mix of a warehouse: how fast at a fixed rate, how much at most, and how much of it the floor does; with
/// its caches and without.
/// </summary>
internal sealed class HostBench(HostStage stage, HostBenchOptions options, long started)
{
    public const int Users = 50;

    private const int QuickBags = 40_500;

    private readonly BenchReport _report = new("host", options.Quick);
    private readonly HostTimes _times = options.Quick ? HostTimes.Quick : HostTimes.Full;

    public static async Task<int> RunAsync(HostBenchOptions options, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var bags = options.Bags ?? (options.Quick ? QuickBags : DemoWarehouse.DefaultBags);
        Work.Say(string.Create(CultureInfo.InvariantCulture, $"Filling a store of {bags:N0} bags …"));
        await using var stage = await HostStage.OpenAsync(bags, options.Quick ? 30_000 : options.SoakMinutes > 0 ? SoakDelivery(options) : 150_000, cancellation);
        if (stage is null)
        {
            await Console.Error.WriteLineAsync("No PostgreSQL to measure. " + LocalServicesAdvice.InstallPostgres);
            return 2;
        }

        Work.Say(string.Create(CultureInfo.InvariantCulture, $"Filled after {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s. {stage.Description}"));
        Computer.SayWhetherBusy();
        if (options.Pools)
            await new PoolSweep(stage, options.Quick).RunAsync(cancellation);
        else if (options.SoakMinutes > 0)
            await new Soak(stage, TimeSpan.FromMinutes(options.SoakMinutes)).RunAsync(cancellation);
        else
            await new HostBench(stage, options, started).CompareAsync(bags, cancellation);
        return 0;
    }

    /// <summary>A child for each scan of an hour, of the minutes after it and of the soak; not every scan links.</summary>
    private static int SoakDelivery(HostBenchOptions options) => (int)(Mix.AnHour(Operation.Scan) * (1.2 + (options.SoakMinutes / 60.0)));

    private async Task CompareAsync(int bags, CancellationToken cancellation)
    {
        var floor = await MeasureAsync(Subject.Floor, cancellation);
        var own = await MeasureAsync(Subject.TraceTrack, cancellation);
        var off = HasTime() ? await MeasureAsync(Subject.CachesOff, cancellation) : null;
        HostTables.Add(_report, off is null ? [own, floor] : [own, floor, off]);
        HostTables.Write(own, floor, off);
        ReportTables.Write(_report, own, isWhole: bags >= DemoWarehouse.DefaultBags);
        await _report.WriteFileAsync(TimeProvider.System);
        if (options.Quick)
        {
            Work.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"Left out by --quick: all bags but {bags:N0} (bills, users and scans in proportion), other numbers of users, most of the time of each run{(off is null ? ", caches off" : "")}."));
        }
    }

    // On a busy computer everything takes longer but the runs themselves.
    private bool HasTime() => !options.Quick || Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(62);

    private async Task<SubjectFigures> MeasureAsync(Subject subject, CancellationToken cancellation)
    {
        await using var running = await stage.StartAsync(subject, cancellation);
        await running.ClosedAsync(Users, subject.HasCaches ? _times.WarmUp : _times.ShortWarmUp, cancellation);
        var closed = Say(subject, "as fast as possible", await running.ClosedAsync(Users, _times.Closed, cancellation));
        var steady = Say(subject, "at 200/s", await running.OpenAsync(Users, Mix.FixedRate, _times.Fixed, cancellation));
        var probe = subject.IsHost ? await ReadProbe.RunAsync(running.Crowd.Users, running.Database, _times.ProbedHundreds, cancellation) : null;
        var rate = 0.7 * closed.Load.PerSecond;
        var seventy = Say(subject, "at 70 %", await running.OpenAsync(Users, rate, _times.Seventy, cancellation));
        var curve = new List<UsersFigures>();
        if (subject == Subject.TraceTrack && !options.Quick)
            curve = await CurveAsync(running, cancellation);
        var hundreds = subject == Subject.TraceTrack ? await running.HundredsAsync(Users, _times.Hundreds, cancellation) : null;
        var totals = await running.Database.TotalsAsync(cancellation);
        await running.CheckAsync(cancellation);
        return new(subject, closed, steady, probe, seventy, curve, hundreds, totals);
    }

    /// <summary>More and more users, each with four requests a second, and then all of them without a pause.</summary>
    private async Task<List<UsersFigures>> CurveAsync(RunningSubject running, CancellationToken cancellation)
    {
        var curve = new List<UsersFigures>();
        foreach (var users in options.Users)
        {
            var open = await running.OpenAsync(users, users * Mix.FixedRate / Users, _times.Curve, cancellation);
            var closed = await running.ClosedAsync(users, _times.Curve, cancellation);
            Say(running.Subject, string.Create(CultureInfo.InvariantCulture, $"{users} users, 4/s each"), open);
            Say(running.Subject, string.Create(CultureInfo.InvariantCulture, $"{users} users, as fast as possible"), closed);
            curve.Add(new(users, open, closed));
        }

        return curve;
    }

    private static Measured Say(Subject subject, string what, Measured run)
    {
        var figures = run.Load.Figures;
        Work.Say(FormattableString.Invariant(
            $"{subject.Name}, {what}: {run.Load.PerSecond:0}/s, p50 {figures.Percentile(50):0.0} ms, p95 {figures.Percentile(95):0.0} ms, p99 {figures.Percentile(99):0.0} ms. {run.Cost}"));
        if (run.Difference("tracetrack_cache_flushes_total") is var flushes and > 0)
            Work.Say(FormattableString.Invariant($"  the cache was emptied {flushes:0} times, since it could not be sure to have heard all: Redis did not answer in time"));
        if (run.Load.Unsent > 0)
            Work.Say(FormattableString.Invariant($"  {run.Load.Unsent} requests were due and not sent: the server did not keep up"));
        foreach (var (error, count) in figures.Errors.OrderByDescending(error => error.Value))
            Work.Say(FormattableString.Invariant($"  {count} × {error}"));
        return run;
    }
}
