using System.Threading.Channels;
using GraphQLHost.Commands;
using TraceTrack.Imports;

namespace GraphQLHost.Bulk;

/// <summary>Imports the bags of a body while it arrives, and tells line by line what becomes of them.</summary>
internal sealed class ImportHandler(BulkRequests requests, ImportLimits limits)
{
    public Task HandleAsync(HttpContext http) => requests.RunAsync(http, HttpMethods.Post, tracker => ImportAsync(http, tracker.Imports));

    private async Task ImportAsync(HttpContext http, IImports imports)
    {
        var options = ImportRequest.Options(http.Request.Query);
        var format = ImportRequest.Format(http.Request.ContentType);
        var file = new ImportedFile(ImportRequest.Body(http, limits.MaxBytes), format);
        var answer = new ImportAnswer(http.Response);
        try
        {
            var report = await RunAsync(imports, file, options, answer, http.RequestAborted);
            if (report.IsReplay)
                await file.ReadIfUnreadAsync(http.RequestAborted);
            await answer.ReportAsync(report);
            await foreach (var result in imports.ReadResultsAsync(report.ImportId, http.RequestAborted))
                await answer.ResultAsync(result, file.LineOf(result.Ordinal, report));
            await answer.FlushAsync();
        }
        catch (Exception exception) when (http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            await answer.ErrorAsync(requests.Explain(exception, http));
        }
    }

    /// <summary>Tells the progress while the import runs, and never leaves it running alone.</summary>
    private static async Task<ImportReport> RunAsync(
        IImports imports, ImportedFile file, ImportOptions options, ImportAnswer answer, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Few: one in 50,000 rows or a second, however slowly the client reads them.
        var lines = Channel.CreateUnbounded<ImportProgress>(new UnboundedChannelOptions { SingleReader = true });
        // Elsewhere, since some stores never give the thread back before they are done.
        var importing = Task.Run(() => ImportAsync(imports, file, options, lines.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var progress in lines.Reader.ReadAllAsync(CancellationToken.None))
                await answer.ProgressAsync(progress);
        }
        catch
        {
            await stop.CancelAsync();
            await ((Task)importing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        return await importing;
    }

    private static async Task<ImportReport> ImportAsync(
        IImports imports, ImportedFile file, ImportOptions options, ChannelWriter<ImportProgress> lines, CancellationToken cancellationToken)
    {
        try
        {
            return await imports.ImportAsync(file.RowsAsync(cancellationToken), options, new Progress(lines), cancellationToken);
        }
        finally
        {
            lines.Complete();
        }
    }

    private sealed class Progress(ChannelWriter<ImportProgress> lines) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => lines.TryWrite(value);
    }
}
