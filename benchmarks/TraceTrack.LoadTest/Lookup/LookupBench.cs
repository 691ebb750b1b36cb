using System.Diagnostics;
using BenchmarkDotNet.Jobs;
using Microsoft.Extensions.Logging.Abstractions;
using Perfolizer.Horology;
using TraceTrack.Benchmarks.Lookup;
using TraceTrack.Bills;
using TraceTrack.DemoData;
using TraceTrack.LoadTest.Micro;
using TraceTrack.LocalServices;
using TraceTrack.Scans;

namespace TraceTrack.LoadTest.Lookup;

/// <summary>
/// Look-ups that no cache answers, through the library's store, against the same statement by the driver alone and against other ways to read
/// it. All subjects take turns in several rounds; a figure is the median of its rounds, a ratio the median of the ratios in each round.
/// </summary>
internal static class LookupBench
{
    private const int Bills = 100;
    private const int ParentsPerBill = 20;

    /// <summary>A quick run begins a second round only when the first took no longer.</summary>
    private static readonly TimeSpan QuickRound = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, string> Subjects = new(StringComparer.Ordinal)
    {
        [nameof(LookupOneBenchmarks.Npgsql)] = "floor",
        [nameof(LookupOneBenchmarks.TraceTrack)] = "tracetrack",
        [nameof(LookupOneBenchmarks.Tracker)] = "tracetrack, with access rules",
        [nameof(LookupOneBenchmarks.EFCore)] = "EF Core",
        [nameof(LookupOneBenchmarks.LinqToDb)] = "linq2db",
        [nameof(LookupManyBenchmarks.OneByOne)] = "tracetrack, one by one",
    };

    public static async Task<int> RunAsync(bool quick, CancellationToken cancellation)
    {
        await using var postgres = await LocalPostgres.FindOrStartAsync(new() { Name = "bench", Ephemeral = true }, NullLogger.Instance, cancellation);
        if (postgres is null)
        {
            await Console.Error.WriteLineAsync("No PostgreSQL to measure. " + LocalServicesAdvice.InstallPostgres);
            return 2;
        }

        await using var database = await BenchDatabase.CreateAsync(postgres.ConnectionString, cancellation);
        var warehouse = new DemoWarehouse();
        Work.Say($"{warehouse.Bags:N0} bags");
        await FillAsync(database, warehouse, cancellation);
        LookupStore.Given = (database.ConnectionString, warehouse);
        MicroRounds one = new(least: false), many = new(least: false);
        var started = Stopwatch.GetTimestamp();
        for (var round = 1; round <= (quick ? 2 : 5) && (round == 1 || !quick || Stopwatch.GetElapsedTime(started) < QuickRound); round++)
        {
            Work.Say($"round {round}");
            one.Add(MicroBench.Run<LookupOneBenchmarks>(Job(quick)));
            many.Add(MicroBench.Run<LookupManyBenchmarks>(Job(quick)));
        }

        var table = new ComparisonTable(new("lookup", quick));
        Add(table, one, "", "one", mayTake: 1.15);
        Add(table, many, "3", "three", mayTake: null);
        Add(table, many, "100", "hundred", mayTake: 1.2);
        await table.WriteAsync($"lookup: {warehouse.Bags:N0} bags, no cache; medians of the rounds", TimeProvider.System);
        if (quick)
            Work.Say("Left out by --quick: three of five rounds, and most iterations of the others.");
        return 0;
    }

    private static Job Job(bool quick) => BenchmarkDotNet.Jobs.Job.Default.WithGcForce(false)
        .WithIterationTime(TimeInterval.FromMilliseconds(quick ? 40 : 100)).WithWarmupCount(quick ? 3 : 8).WithIterationCount(quick ? 10 : 30);

    /// <summary>Bags in parents, and some of those on bills, so that every column of a row is used.</summary>
    private static async Task FillAsync(BenchDatabase database, DemoWarehouse warehouse, CancellationToken cancellation)
    {
        await database.Tracker.Imports.ImportAsync(warehouse.RowsAsync(), new(), cancellationToken: cancellation);
        for (var bill = 0; bill < Bills; bill++)
        {
            var number = BillNumber.Parse($"BILL-{bill}");
            await database.Tracker.Bills.CreateAsync(new(number, ParentsPerBill), cancellation);
            var loads = Enumerable.Range(bill * ParentsPerBill, ParentsPerBill)
                .Select(parent => RecordScan.Load(ScanId.New(), DemoWarehouse.Parent(parent), number));
            var results = await database.Tracker.Scans.RecordManyAsync([.. loads], cancellation);
            Work.Check(results.Count(result => result.Outcome == ScanOutcome.Recorded), ParentsPerBill, "parents loaded");
        }

        await database.ExecuteAsync("VACUUM (ANALYZE)", cancellation);
        await database.ExecuteAsync("CHECKPOINT", cancellation);
    }

    private static void Add(ComparisonTable table, MicroRounds rounds, string parameters, string @case, double? mayTake)
    {
        const string Floor = nameof(LookupOneBenchmarks.Npgsql);
        foreach (var method in rounds.SubjectsOf(parameters))
        {
            var (us, bytes) = (rounds.Nanoseconds(parameters, method) / 1000, rounds.Bytes(parameters, method));
            double? ratio = method == Floor ? null : rounds.Ratio(parameters, method, Floor);
            var most = method == nameof(LookupOneBenchmarks.TraceTrack) ? mayTake : null;
            table.Add(
                @case, Subjects.GetValueOrDefault(method, method), "us", us, "us", bytes, ratio,
                most is null ? "" : $"≤ {most} x", most is null ? null : ratio <= most);
        }
    }
}
