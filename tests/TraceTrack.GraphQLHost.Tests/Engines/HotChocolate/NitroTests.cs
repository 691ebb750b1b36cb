using System.Net;
using System.Net.Http.Headers;
using GraphQLHost;

namespace TraceTrack.GraphQLHost.Tests.Engines.HotChocolate;

public sealed class NitroTests
{
    [Fact]
    public async Task A_browser_gets_the_tool_in_development()
    {
        await using var app = HostApplication.Build(Settings("Development"));
        await app.StartAsync();
        using var browser = Browser(app);
        using var redirect = await browser.GetAsync(new Uri("/graphql", UriKind.Relative));
        Assert.Equal((HttpStatusCode.Redirect, "/graphql/ui/"), (redirect.StatusCode, redirect.Headers.Location!.ToString()));
        using var page = await browser.GetAsync(redirect.Headers.Location);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task A_query_in_the_address_is_answered_and_not_shown()
    {
        await using var app = HostApplication.Build(Settings("Development"));
        await app.StartAsync();
        using var browser = Browser(app);
        browser.DefaultRequestHeaders.Accept.Add(new("*/*", 0.8));
        using var answer = await browser.GetAsync(new Uri("/graphql?query={__typename}", UriKind.Relative));
        Assert.Contains("Query", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_production_there_is_none()
    {
        await using var app = HostApplication.Build(Settings("Production"));
        await app.StartAsync();
        using var browser = Browser(app);
        using var answer = await browser.GetAsync(new Uri("/graphql", UriKind.Relative));
        Assert.NotEqual(HttpStatusCode.Redirect, answer.StatusCode);
        using var page = await browser.GetAsync(new Uri("/graphql/ui/", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    private static HostSettings Settings(string environment) => new()
    {
        Urls = "http://127.0.0.1:0",
        Configure = builder => builder.Environment.EnvironmentName = environment,
    };

    private static HttpClient Browser(Microsoft.AspNetCore.Builder.WebApplication app)
    {
        var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.First()) };
        browser.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        return browser;
    }
}
