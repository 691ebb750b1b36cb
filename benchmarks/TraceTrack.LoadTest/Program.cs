using System.CommandLine;
using TraceTrack.LoadTest.Bulk;
using TraceTrack.LoadTest.Cache;
using TraceTrack.LoadTest.Host;
using TraceTrack.LoadTest.Scans;

// Further benches come with the features they measure.
var quick = new Option<bool>("--quick") { Description = "End within 90 seconds, and say what was left out." };
var rows = new Option<int>("--rows") { Description = "Bags to import.", DefaultValueFactory = _ => 800_000 };
var cases = new Option<string[]>("--case") { Description = "Only these cases; may be given several times.", DefaultValueFactory = _ => BulkBench.Cases, AllowMultipleArgumentsPerToken = true };
cases.AcceptOnlyFromAmong(BulkBench.Cases);
var bulk = new Command("bulk", "Import into an empty and into a full store, against psql's COPY of the finished rows and other libraries; the memory an import takes; encoding.") { quick, rows, cases };
bulk.SetAction((parsed, cancellation) => BulkBench.RunAsync(parsed.GetValue(rows), parsed.GetValue(quick), parsed.GetValue(cases)!.ToHashSet(StringComparer.Ordinal), cancellation));
var childRows = new Argument<int>("ROWS");
var child = new Command(MemoryCase.ChildVerb) { childRows };
child.Hidden = true;
child.SetAction((parsed, cancellation) => MemoryCase.RunChildAsync(parsed.GetValue(childRows), cancellation));
var scans = new Command("scans", "Scanners that link children into parents, against the same statements from pgbench.") { quick };
scans.SetAction((parsed, cancellation) => ScansBench.RunAsync(parsed.GetValue(quick), cancellation));
var cache = new Command("cache", "The cache in memory and over Redis, against the bare pieces under it and other caches; stampedes, and how soon another node hears of a write.") { quick };
cache.SetAction((parsed, cancellation) => CacheBench.RunAsync(parsed.GetValue(quick), cancellation));
var root = new RootCommand("Whole-system measurements: ratios against a floor taken in the same run on the same machine.") { bulk, cache, scans, HostCommand.Create(quick), HostCommand.CreateFloor(), child };
return await root.Parse(args).InvokeAsync();
