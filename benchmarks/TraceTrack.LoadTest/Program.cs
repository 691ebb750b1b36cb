using System.CommandLine;
using TraceTrack.LoadTest.Bulk;
using TraceTrack.LoadTest.Cache;
using TraceTrack.LoadTest.Cost;
using TraceTrack.LoadTest.Growth;
using TraceTrack.LoadTest.Host;
using TraceTrack.LoadTest.Lookup;
using TraceTrack.LoadTest.Report;
using TraceTrack.LoadTest.Scans;

// Further benches come with the features they measure.
var quick = new Option<bool>("--quick") { Description = "End within 90 seconds, and say what was left out." };
var rows = new Option<int>("--rows") { Description = "Bags to import.", DefaultValueFactory = _ => 800_000 };
var cases = CasesOf(BulkBench.Cases);
var bulk = new Command("bulk", "Import into an empty and into a full store, against psql's COPY of the finished rows and other libraries; the memory an import takes; encoding.") { quick, rows, cases };
bulk.SetAction((parsed, cancellation) => BulkBench.RunAsync(parsed.GetValue(rows), parsed.GetValue(quick), parsed.GetValue(cases)!.ToHashSet(StringComparer.Ordinal), cancellation));
var childRows = new Argument<int>("ROWS");
var child = new Command(MemoryCase.ChildVerb) { childRows };
child.Hidden = true;
child.SetAction((parsed, cancellation) => MemoryCase.RunChildAsync(parsed.GetValue(childRows), cancellation));
var scans = new Command("scans", "Scanners that link children into parents, against the same statements from pgbench.") { quick };
scans.SetAction((parsed, cancellation) => ScansBench.RunAsync(parsed.GetValue(quick), cancellation));
var cacheCases = CasesOf(CacheBench.Cases);
var cache = new Command("cache", "The cache in memory and over Redis, against the bare pieces under it and other caches; stampedes, and how soon another node hears of a write.") { quick, cacheCases };
cache.SetAction((parsed, cancellation) => CacheBench.RunAsync(parsed.GetValue(quick), parsed.GetValue(cacheCases)!.ToHashSet(StringComparer.Ordinal), cancellation));
var lookup = new Command("lookup", "Look-ups that no cache answers, against the driver alone, Dapper, EF Core and linq2db.") { quick };
lookup.SetAction((parsed, cancellation) => LookupBench.RunAsync(parsed.GetValue(quick), cancellation));
var cost = new Command("cost", "What each feature saves: indexes, pool, cache, bulk, asynchronous work, compression and batch loaders, off and on.") { quick };
cost.SetAction((parsed, cancellation) => CostBench.RunAsync(parsed.GetValue(quick), cancellation));
var style = new Argument<WaitStyle>("STYLE");
var users = new Argument<int>("USERS");
var waiting = new Command(WaitingServer.Verb) { style, users };
waiting.Hidden = true;
waiting.SetAction((parsed, cancellation) => WaitingServer.RunAsync(parsed.GetValue(style), parsed.GetValue(users), cancellation));
var growth = new Command("growth", "Ten and a hundred times as many bags: look-up, search, list, scan, import, sizes and memory.") { quick };
growth.SetAction((parsed, cancellation) => GrowthBench.RunAsync(parsed.GetValue(quick), cancellation));
var pictures = new Option<string>("--pictures") { Description = "The folder to draw into.", DefaultValueFactory = _ => Path.Combine("docs", "images") };
var report = new Command("report", "Tables and pictures of what the benches have written to artifacts/bench.") { pictures };
report.SetAction((parsed, cancellation) => ReportBench.RunAsync(parsed.GetValue(pictures)!, cancellation));
var root = new RootCommand("Whole-system measurements: ratios against a floor taken in the same run on the same machine.") { bulk, cache, lookup, scans, HostCommand.Create(quick), cost, growth, report, child, waiting, HostCommand.CreateFloor() };
var all = new Command("all", "Every bench in turn, and the report.") { quick, pictures };
all.SetAction((parsed, cancellation) => AllBench.RunAsync(root.Subcommands.Select(command => command.Name), parsed.GetValue(quick), parsed.GetValue(pictures)!, cancellation));
root.Subcommands.Add(all);
return await root.Parse(args).InvokeAsync();

static Option<string[]> CasesOf(string[] all)
{
    var cases = new Option<string[]>("--case") { Description = "Only these cases; may be given several times.", DefaultValueFactory = _ => all, AllowMultipleArgumentsPerToken = true };
    cases.AcceptOnlyFromAmong(all);
    return cases;
}
