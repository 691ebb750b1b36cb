using System.Globalization;
using Spectre.Console;

namespace TraceTrack.LoadTest.Host;

/// <summary>Sizes of the pool of connections against latency and rate, at 50 and at 200 users.</summary>
internal sealed class PoolSweep(HostStage stage, bool quick)
{
    private static readonly int[] Sizes = [5, 10, 20, 30, 50, 100, 150];

    private readonly BenchReport _report = new("host-pools", quick);

    private TimeSpan Time => TimeSpan.FromSeconds(quick ? 3 : 15);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var table = new Table { Title = new TableTitle("host: sizes of the pool; milliseconds") }
            .AddColumns("connections", "users", "requests/s", "p50", "p99", "p99 at 200/s", "p99 of scans", "PostgreSQL MB");
        foreach (var size in quick ? [5, 20, 150] : Sizes)
        {
            var text = size.ToString(CultureInfo.InvariantCulture);
            await using var running = await stage.StartAsync(
                Subject.TraceTrack with { Settings = new(StringComparer.Ordinal) { ["TraceTrack__Postgres__MaxPoolSize"] = text, ["TraceTrack__Postgres__MinPoolSize"] = text } },
                cancellation);
            await running.ClosedAsync(HostBench.Users, Time, cancellation);
            foreach (var users in new[] { 50, 200 })
            {
                var closed = await running.ClosedAsync(users, Time, cancellation);
                var steady = await running.OpenAsync(users, Mix.FixedRate, Time, cancellation);
                Add(table, size, users, closed, steady);
            }

            await running.CheckAsync(cancellation);
        }

        AnsiConsole.Write(table);
        await _report.WriteFileAsync(TimeProvider.System);
    }

    private void Add(Table table, int size, int users, Measured closed, Measured steady)
    {
        var @case = string.Create(CultureInfo.InvariantCulture, $"{users} users, pool of {size}");
        var (figures, fixedFigures) = (closed.Load.Figures, steady.Load.Figures);
        (string Metric, double Value, string Unit)[] values =
        [
            ("per second", closed.Load.PerSecond, "requests/s"), ("p50", figures.Percentile(50), "ms"), ("p99", figures.Percentile(99), "ms"),
            ("p99 at 200/s", fixedFigures.Percentile(99), "ms"), ("p99 of scans", figures.Percentile(Operation.Scan, 99), "ms"),
            ("PostgreSQL memory", closed.Cost.PostgresMegabytes ?? 0, "MB"),
        ];
        foreach (var (metric, value, unit) in values)
            _report.Add(@case, "tracetrack", metric, value, unit);
        var cells = values.Select(value => value.Value.ToString("0.0", CultureInfo.InvariantCulture));
        table.AddRow([size.ToString(CultureInfo.InvariantCulture), users.ToString(CultureInfo.InvariantCulture), .. cells]);
        Work.Say(FormattableString.Invariant($"{@case}: {string.Join(", ", values.Select(value => FormattableString.Invariant($"{value.Metric} {value.Value:0.0}")))}; errors {figures.Failed + fixedFigures.Failed}"));
    }
}
