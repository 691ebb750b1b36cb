using GraphQLHost.Engines;
using GraphQLHost.Server;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;

namespace GraphQLHost.Resolvers.Scans;

internal static class ScanResolvers
{
    public static void Bind(ResolverTable table, Loaders loaders)
    {
        table.Enum<ScanAction>("ScanAction").Enum<ScanOutcome>("ScanOutcome").Enum<ScanRejection>("ScanRejection");
        table.Type<Scan>("Scan")
            .Field("id", scan => scan.ScanId.ToString())
            .Field("reason", scan => scan.Rejection)
            .Field("detail", scan => scan.Fact)
            .Field("qr", scan => scan.Qr?.Value)
            .Field("parentQr", scan => scan.ParentQr?.Value)
            .Field("fromParentQr", scan => scan.FromParentQr?.Value)
            .Field("billNumber", scan => scan.BillNumber?.Value)
            .Field("undoes", scan => scan.Undoes?.ToString())
            .Batch("bag", loaders.BagByQr, scan => scan.Qr)
            .Batch("parent", loaders.BagByQr, scan => scan.ParentQr)
            .Batch("fromParent", loaders.BagByQr, scan => scan.FromParentQr)
            .Batch("bill", loaders.BillByNumber, scan => scan.BillNumber)
            .Batch("user", loaders.UserById, scan => scan.ActorId)
            .Batch("actorName", loaders.NameOfActor, scan => scan.ActorId);
        table.Type<ScanResult>("RecordScanPayload")
            .Field("replay", result => result.IsReplay)
            .Field("reason", result => result.Rejection)
            .Field("detail", result => result.Fact);
        table.Type<RecordScansPayload>("RecordScansPayload");
        table.Mutation("recordScan", Record).Mutation("recordScans", RecordMany);
    }

    private static async ValueTask<ScanResult> Record(Arguments arguments, RequestContext context)
    {
        var scan = Read(arguments.Input("input"));
        using var scope = BeginScan(context, [scan]);
        return await context.Tracker().Scans.RecordAsync(scan, context.CancellationToken);
    }

    private static async ValueTask<RecordScansPayload> RecordMany(Arguments arguments, RequestContext context)
    {
        var scans = Batches.Read(context, arguments.Inputs("scans"), Read);
        using var scope = BeginScan(context, scans);
        return new(await context.Tracker().Scans.RecordManyAsync(scans, context.CancellationToken));
    }

    // For the log: what is written while a scan is recorded names it, and of many the first one.
    private static IDisposable? BeginScan(RequestContext context, IReadOnlyList<RecordScan> scans)
    {
        context.Scan = scans.Count switch { 0 => null, 1 => scans[0].Id.ToString(), _ => $"{scans[0].Id} and {scans.Count - 1} more" };
        return context.Scan is { } scan ? context.Service<ILogger<RecordScansPayload>>().BeginScan(scan) : null;
    }

    private static RecordScan Read(Arguments input) => RecordScan.From(
        ScanId.Parse(input.Id("scanId")),
        input.Choice<ScanAction>("action"),
        input.TextOrNull("qr") is { } qr ? QrCode.Parse(qr) : null,
        input.TextOrNull("parent") is { } parent ? QrCode.Parse(parent) : null,
        input.TextOrNull("bill") is { } bill ? BillNumber.Parse(bill) : null,
        input.TimeOrNull("scannedAt"));

    private sealed record RecordScansPayload(IReadOnlyList<ScanResult> Results)
    {
        public int Recorded => Results.Count(result => result.Outcome == ScanOutcome.Recorded);

        public int Replayed => Results.Count(result => result.Outcome == ScanOutcome.Replayed);

        public int Rejected => Results.Count(result => result.Outcome == ScanOutcome.Rejected);
    }
}
