using System.Buffers;
using System.Text.Json;
using GraphQLHost.Commands;
using GraphQLHost.Engines;
using GraphQLHost.Server;
using TraceTrack.Imports;

namespace GraphQLHost.Bulk;

/// <summary>The lines that answer an import: progress, the report, the rows not taken, or an error that came too late for a status.</summary>
internal sealed class ImportAnswer(HttpResponse response)
{
    private const int FlushAt = 16 * 1024;

    private long _unflushed;

    /// <remarks>Nothing is sent before rows are read: until then a failure has a status.</remarks>
    public async ValueTask ProgressAsync(ImportProgress progress)
    {
        if (progress.RowsRead == 0)
            return;
        Write("progress", json =>
        {
            json.WriteString("phase", ImportCommand.Code(progress.Phase));
            json.WriteNumber("rows", progress.RowsRead);
            json.WriteNumber("rejected", progress.Rejected);
            json.WriteNumber("seconds", Seconds(progress.Elapsed));
        });
        await FlushAsync();
    }

    public async ValueTask ReportAsync(ImportReport report)
    {
        Write("report", json =>
        {
            json.WriteString("importId", report.ImportId);
            json.WriteString("path", report.Path);
            json.WriteBoolean("isReplay", report.IsReplay);
            json.WriteBoolean("isDryRun", report.IsDryRun);
            json.WriteBoolean("isRolledBack", report.IsRolledBack);
            json.WriteNumber("rows", report.RowsRead);
            json.WriteNumber("parents", report.Parents);
            json.WriteNumber("children", report.Children);
            json.WriteNumber("linked", report.Linked);
            json.WriteNumber("kept", report.Kept);
            json.WriteNumber("updated", report.Updated);
            json.WriteNumber("rejected", report.RejectedRows);
            json.WriteStartObject("rejectedByReason");
            foreach (var (reason, count) in report.Rejected.OrderBy(pair => pair.Key))
                json.WriteNumber(ImportCommand.Code(reason), count);
            json.WriteEndObject();
            json.WriteNumber("seconds", Seconds(report.Elapsed));
        });
        await FlushAsync();
    }

    public ValueTask ResultAsync(RowResult result, long? line)
    {
        Write("result", json =>
        {
            if (line is { } known)
                json.WriteNumber("line", known);
            else
                json.WriteNull("line");
            json.WriteNumber("ordinal", result.Ordinal);
            json.WriteString("qr", result.Qr);
            json.WriteString("outcome", ImportCommand.Code(result.Outcome));
            json.WriteString("reason", ImportCommand.Code(result.Reason));
            json.WriteString("detail", result.Detail);
        });
        return _unflushed < FlushAt ? default : FlushAsync();
    }

    public async ValueTask ErrorAsync(GraphQLError error)
    {
        Write("error", json =>
        {
            foreach (var (name, value) in GraphQLErrorJson.Extensions(error, RequestIds.Assign(response.HttpContext)))
            {
                json.WritePropertyName(name);
                JsonSerializer.Serialize(json, value);
            }

            json.WriteString("message", error.Message);
        });
        await FlushAsync();
    }

    public async ValueTask FlushAsync()
    {
        _unflushed = 0;
        await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted);
    }

    private static decimal Seconds(TimeSpan time) => Math.Round((decimal)time.TotalSeconds, 3);

    private void Write(string type, Action<Utf8JsonWriter> members)
    {
        if (!response.HasStarted)
        {
            response.ContentType = $"{ImportRequest.NdJson}; charset=utf-8";
            response.Headers.CacheControl = "no-store";
        }

        using var json = new Utf8JsonWriter(response.BodyWriter, new JsonWriterOptions { Encoder = GraphQLErrorJson.Encoder });
        json.WriteStartObject();
        json.WriteString("type", type);
        members(json);
        json.WriteEndObject();
        json.Flush();
        response.BodyWriter.Write("\n"u8);
        _unflushed += json.BytesCommitted + 1;
    }
}
