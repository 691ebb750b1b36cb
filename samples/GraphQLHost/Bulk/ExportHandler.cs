using GraphQLHost.Commands;
using TraceTrack.Bags;
using TraceTrack.Exports;

namespace GraphQLHost.Bulk;

/// <summary>Sends bags as a file, as they are read.</summary>
internal sealed class ExportHandler(BulkRequests requests)
{
    public Task HandleAsync(HttpContext http) => requests.RunAsync(http, HttpMethods.Get, tracker => ExportAsync(http, tracker.Exports));

    private static async Task ExportAsync(HttpContext http, IExports exports)
    {
        var query = new BulkQuery(http.Request.Query, "format", "kind", "status", "area", "parent", "bill", "createdFrom", "createdBefore");
        var format = query.Choice<ExportFormat>("format") ?? ExportFormat.Csv;
        var filter = ExportVerb.Filter(
            query.Choice<BagKind>("kind"),
            query.Choice<BagStatus>("status"),
            query.Text("area"),
            query.Text("parent"),
            query.Text("bill"),
            new(query.Time("createdFrom"), query.Time("createdBefore")));
        var response = http.Response;
        var isCsv = format == ExportFormat.Csv;
        response.ContentType = $"{(isCsv ? ImportRequest.Csv : ImportRequest.NdJson)}; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"bags.{(isCsv ? "csv" : "ndjson")}\"";
        response.Headers.CacheControl = "no-store";
        try
        {
            await exports.ExportAsync(filter, format, response.Body, cancellationToken: http.RequestAborted);
        }
        catch when (response.HasStarted)
        {
            // Cut off, so that nobody takes a part for the whole.
            http.Abort();
            throw;
        }
    }
}
