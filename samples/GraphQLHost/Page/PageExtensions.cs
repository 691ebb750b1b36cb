using Microsoft.Extensions.Primitives;

namespace GraphQLHost.Page;

/// <summary>The page people work with: files of wwwroot, at the root.</summary>
internal static class PageExtensions
{
    /// <summary>
    /// Nothing but what the host itself serves: no inline script or style, no frame, no form that leaves. Whatever a code or a name holds,
    /// the page cannot be made to run it or to send it anywhere.
    /// </summary>
    internal const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // The names carry no version, so browsers ask each time, and are mostly answered 304 by the ETag.
    private static readonly StringValues Revalidate = "no-cache";

    public static void UsePage(this WebApplication app)
    {
        app.UseDefaultFiles();
        app.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = prepared =>
            {
                var headers = prepared.Context.Response.Headers;
                headers.CacheControl = Revalidate;
                headers.XContentTypeOptions = "nosniff";
                if (headers.ContentSecurityPolicy.Count == 0)
                    headers.ContentSecurityPolicy = ContentSecurityPolicy;
            },
        });
    }
}
