using System.IO.Compression;
using GraphQLHost.Bulk;
using GraphQLHost.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace GraphQLHost.Server;

/// <summary>Gzip and Brotli for answers that are worth it.</summary>
/// <remarks>
/// Over HTTPS too. Telling a secret from the length of compressed answers (BREACH) needs a browser that sends a victim's credentials along with
/// requests of the attacker's making, many of them, answered with the same secret beside the attacker's text. Here credentials are a header that
/// only the page itself can add, never a cookie; other origins are refused; and a token stands in one answer only, that of its log-in.
/// </remarks>
internal sealed class AnswerCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    /// <summary>Shorter ones fit a packet as they are: a scan's answer is one.</summary>
    private const int Least = 1_024;

    public override bool ShouldCompressResponse(HttpContext context) =>
        context.Response.ContentLength is not < Least && base.ShouldCompressResponse(context);

    public static void AddTo(IServiceCollection services)
    {
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            // The first is for clients that take both, as browsers do: at its fastest, Brotli makes twice as much of a list's page as gzip.
            compression.Providers.Add<GzipCompressionProvider>();
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.MimeTypes =
            [
                MediaTypes.GraphQLResponse, MediaTypes.Json, ImportRequest.NdJson, ImportRequest.Csv,
                "text/html", "text/css", "text/javascript", "text/plain", "image/svg+xml",
            ];
        });
        // Made for each request: higher levels cost more time than they save on the way.
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        services.AddSingleton<IResponseCompressionProvider, AnswerCompression>();
    }
}
