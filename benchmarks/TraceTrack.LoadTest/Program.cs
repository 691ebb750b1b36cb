using System.CommandLine;
using TraceTrack.LoadTest.Bulk;
using TraceTrack.LoadTest.Scans;

// Further benches come with the features they measure.
var quick = new Option<bool>("--quick") { Description = "End within 90 seconds, and say what was left out." };
var rows = new Option<int>("--rows") { Description = "Bags to import.", DefaultValueFactory = _ => 800_000 };
var bulk = new Command("bulk", "Import into an empty store, against psql's COPY of the finished rows.") { quick, rows };
bulk.SetAction((parsed, cancellation) => BulkBench.RunAsync(parsed.GetValue(rows), parsed.GetValue(quick), cancellation));
var scans = new Command("scans", "Scanners that link children into parents, against the same statements from pgbench.") { quick };
scans.SetAction((parsed, cancellation) => ScansBench.RunAsync(parsed.GetValue(quick), cancellation));
var root = new RootCommand("Whole-system measurements: ratios against a floor taken in the same run on the same machine.") { bulk, scans };
return await root.Parse(args).InvokeAsync();
