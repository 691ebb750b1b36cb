using System.Globalization;
using Spectre.Console;

namespace TraceTrack.LoadTest.Host;

/// <summary>The subjects side by side.</summary>
internal static class HostTables
{
    public const double LongestP99 = 50;
    public const double LeastOfFloor = 0.3;
    public const double LeastWithoutDatabase = 90;

    public static string Mark(bool reached) => reached ? "reached" : "MISSED";

    public static void Add(BenchReport report, params IEnumerable<SubjectFigures> subjects)
    {
        foreach (var subject in subjects)
        {
            AddRun(report, "50 users", subject.Subject.Name, subject.Fixed);
            report.Add("50 users", subject.Subject.Name, "per second", subject.Closed.Load.PerSecond, "requests/s");
            AddReads(report, subject);
            foreach (var operation in Mix.Operations)
                AddOperation(report, subject, operation);
            AddRun(report, "50 users, 70 % of the maximum", subject.Subject.Name, subject.Seventy);
            AddRun(report, "50 users, as fast as possible", subject.Subject.Name, subject.Closed);
            foreach (var point in subject.Curve)
            {
                var @case = string.Create(CultureInfo.InvariantCulture, $"{point.Users} users, 4/s each");
                AddRun(report, @case, subject.Subject.Name, point.Open);
                report.Add(@case, subject.Subject.Name, "requests", point.Open.Load.PerSecond, "requests/s");
                var closed = string.Create(CultureInfo.InvariantCulture, $"{point.Users} users, as fast as possible");
                AddRun(report, closed, subject.Subject.Name, point.Closed);
                report.Add(closed, subject.Subject.Name, "per second", point.Closed.Load.PerSecond, "requests/s");
            }
        }
    }

    public static void Write(SubjectFigures own, SubjectFigures floor, SubjectFigures? off)
    {
        SubjectFigures[] subjects = off is null ? [own, floor] : [own, floor, off];
        var table = new Table { Title = new TableTitle("host: 50 users, the mix of a warehouse; milliseconds, log-ins apart") }
            .AddColumns(["", .. subjects.Select(subject => subject.Subject.Name)]);
        void Row(string name, Func<SubjectFigures, double?> value, string format = "0.0") =>
            table.AddRow([name, .. subjects.Select(subject => value(subject)?.ToString(format, CultureInfo.InvariantCulture) ?? "")]);

        Row("requests/s, as fast as possible", subject => subject.Closed.Load.PerSecond, "0");
        foreach (var percent in new[] { 50.0, 95, 99 })
            Row(FormattableString.Invariant($"p{percent} at 200/s"), subject => subject.Fixed.Load.Figures.Percentile(percent));
        foreach (var percent in new[] { 50.0, 95, 99 })
            Row(FormattableString.Invariant($"p{percent} at 70 % of its maximum"), subject => subject.Seventy.Load.Figures.Percentile(percent));
        foreach (var operation in Mix.Operations)
            Row($"{operation.Text()}, p99 at 200/s", subject => subject.Fixed.Load.Figures.Percentile(operation, 99));
        Row("reads without database, %", subject => subject.Probe?.WithoutDatabase);
        Row("look-ups without database, %", subject => Costs.OfCache(subject.Fixed));
        Row("statements a request", subject => Costs.StatementsPerRequest(subject.Fixed), "0.00");
        Row("allocated a request, kB", subject => Costs.AllocatedKilobytes(subject.Closed));
        Row("errors", subject => subject.Fixed.Load.Figures.Failed + subject.Closed.Load.Figures.Failed + subject.Seventy.Load.Figures.Failed, "0");
        Row("server MB", subject => subject.Closed.Cost.ServerMegabytes, "0");
        Row("PostgreSQL MB", subject => subject.Closed.Cost.PostgresMegabytes, "0");
        AnsiConsole.Write(table);

        var p99 = own.Fixed.Load.Figures.Percentile(99);
        var share = own.Closed.Load.PerSecond / floor.Closed.Load.PerSecond;
        var without = own.Probe?.WithoutDatabase ?? 0;
        Work.Say(FormattableString.Invariant($"p99 at 200/s: {p99:0.0} ms, at most {LongestP99}: {Mark(p99 <= LongestP99)}"));
        Work.Say(FormattableString.Invariant($"rate: {share:0.00} × the floor's, at least {LeastOfFloor}: {Mark(share >= LeastOfFloor)}"));
        Work.Say(FormattableString.Invariant($"reads without database: {without:0.0} %, at least {LeastWithoutDatabase}: {Mark(without >= LeastWithoutDatabase)}"));
        Work.Say("  " + own.Probe?.Text);
    }

    private static void AddReads(BenchReport report, SubjectFigures subject)
    {
        if (subject.Probe is { } probe)
            report.Add("50 users", subject.Subject.Name, "reads without database", probe.WithoutDatabase, "%");
        if (Costs.OfCache(subject.Fixed) is { } keys)
            report.Add("50 users", subject.Subject.Name, "look-ups without database", keys, "%");
        if (Costs.StatementsPerRequest(subject.Fixed) is { } statements)
            report.Add("50 users", subject.Subject.Name, "statements", statements, "per request");
    }

    private static void AddRun(BenchReport report, string @case, string subject, Measured run)
    {
        var figures = run.Load.Figures;
        report.Add(@case, subject, "mean", figures.Mean, "ms");
        foreach (var percent in new[] { 50.0, 95, 99 })
            report.Add(@case, subject, FormattableString.Invariant($"p{percent}"), figures.Percentile(percent), "ms");
        report.Add(@case, subject, "errors", figures.Failed, "requests");
        foreach (var (error, count) in figures.Errors)
            report.Add(@case, subject, $"errors, {error}", count, "requests");
        if (run.Load.Unsent > 0)
            report.Add(@case, subject, "not sent", run.Load.Unsent, "requests");
        if (Costs.AllocatedKilobytes(run) is { } kilobytes)
            report.Add(@case, subject, "allocated", kilobytes, "kB/request");
        AddCost(report, @case, subject, run.Cost);
    }

    private static void AddCost(BenchReport report, string @case, string subject, RunCost cost)
    {
        void Cores(string name, double? value)
        {
            if (value is { } cores)
                report.Add(@case, subject, name, cores, "cores");
        }

        Cores("server processor", cost.Server);
        Cores("PostgreSQL processor", cost.Postgres);
        Cores("Redis processor", cost.Redis);
        Cores("load generator processor", cost.Generator);
        if (cost.ServerMegabytes is { } server)
            report.Add(@case, subject, "server memory", server, "MB");
        if (cost.PostgresMegabytes is { } postgres)
            report.Add(@case, subject, "PostgreSQL memory", postgres, "MB");
    }

    private static void AddOperation(BenchReport report, SubjectFigures subject, Operation operation)
    {
        var figures = subject.Fixed.Load.Figures;
        if (figures.Count(operation) == 0)
            return;
        var @case = $"50 users, {operation.Text()}";
        foreach (var percent in new[] { 50.0, 95, 99 })
            report.Add(@case, subject.Subject.Name, FormattableString.Invariant($"p{percent}"), figures.Percentile(operation, percent), "ms");
        if (operation.IsRead() && subject.Probe is { } probe)
            report.Add(@case, subject.Subject.Name, "reads without database", probe.Of(operation), "%");
    }
}
