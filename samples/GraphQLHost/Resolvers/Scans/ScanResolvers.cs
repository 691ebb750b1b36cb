using GraphQLHost.Engines;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;

namespace GraphQLHost.Resolvers.Scans;

internal static class ScanResolvers
{
    public static void Bind(ResolverTable table)
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
            .Field("undoes", scan => scan.Undoes?.ToString());
        table.Type<ScanResult>("RecordScanPayload")
            .Field("replay", result => result.IsReplay)
            .Field("reason", result => result.Rejection)
            .Field("detail", result => result.Fact);
        table.Mutation("recordScan", Record);
    }

    private static ValueTask<ScanResult> Record(Arguments arguments, RequestContext context)
    {
        var input = arguments.Input("input");
        var scan = RecordScan.From(
            ScanId.Parse(input.Id("scanId")),
            input.Choice<ScanAction>("action"),
            input.TextOrNull("qr") is { } qr ? QrCode.Parse(qr) : null,
            input.TextOrNull("parent") is { } parent ? QrCode.Parse(parent) : null,
            input.TextOrNull("bill") is { } bill ? BillNumber.Parse(bill) : null,
            input.TimeOrNull("scannedAt"));
        return context.Tracker().Scans.RecordAsync(scan, context.CancellationToken);
    }
}
