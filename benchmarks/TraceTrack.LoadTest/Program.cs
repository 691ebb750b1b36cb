using System.CommandLine;
using TraceTrack.LoadTest.Bulk;
using TraceTrack.LocalServices;

var quick = new Option<bool>("--quick") { Description = "End within 90 seconds, and say what was left out." };
var bulk = new Command("bulk", "Import 800,000 linked bags into an empty store, against psql and the report's technique.") { quick };
bulk.SetAction((parsed, cancellationToken) => BulkBenchmark.RunAsync(parsed.GetValue(quick), cancellationToken));

var root = new RootCommand("Whole-system measurements of TraceTrack. Prints tables and writes artifacts/bench/NAME.json.") { bulk };
try
{
    return await root.Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (LocalServiceException problem)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 2;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("Stopped.");
    return 130;
}
