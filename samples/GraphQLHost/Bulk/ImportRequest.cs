using GraphQLHost.Engines;
using GraphQLHost.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using TraceTrack.Exports;
using TraceTrack.Imports;

namespace GraphQLHost.Bulk;

/// <summary>What is known of an import before its body is read.</summary>
internal static class ImportRequest
{
    public const string NdJson = "application/x-ndjson";
    public const string Csv = "text/csv";

    /// <exception cref="HttpFailure">400.</exception>
    public static ImportOptions Options(IQueryCollection parameters)
    {
        var query = new BulkQuery(parameters, "dryRun", "onExisting", "onError", "connections", "importId");
        var options = new ImportOptions { DryRun = query.Flag("dryRun") };
        options.OnExisting = query.Choice<OnExisting>("onExisting") ?? options.OnExisting;
        options.OnError = query.Choice<OnError>("onError") ?? options.OnError;
        options.Connections = query.Number("connections", ImportOptions.MaxConnections) ?? options.Connections;
        options.ImportId = query.Id("importId") ?? options.ImportId;
        return options;
    }

    /// <exception cref="HttpFailure">415.</exception>
    public static ExportFormat Format(string? contentType)
    {
        if (MediaTypeHeaderValue.TryParse(contentType, out var type) && MediaTypes.IsUtf8(type))
        {
            if (type.MediaType.Equals(Csv, StringComparison.OrdinalIgnoreCase))
                return ExportFormat.Csv;
            if (type.MediaType.Equals(NdJson, StringComparison.OrdinalIgnoreCase))
                return ExportFormat.NdJson;
        }

        throw new HttpFailure(StatusCodes.Status415UnsupportedMediaType, HostErrorCodes.UnsupportedMediaType, $"Send the bags as {Csv} or {NdJson}, in UTF-8.");
    }

    /// <summary>The body, up to the limit of imports instead of the server's.</summary>
    /// <exception cref="HttpFailure">413.</exception>
    public static Stream Body(HttpContext http, long maxBytes)
    {
        if (http.Request.ContentLength > maxBytes)
            throw LimitedBody.TooLarge(maxBytes);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
            server.MaxRequestBodySize = null;
        return new LimitedBody(http.Request.Body, maxBytes);
    }
}
