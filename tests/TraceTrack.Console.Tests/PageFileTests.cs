using System.Net;
using TraceTrack.Console.Tests.Support;

namespace TraceTrack.Console.Tests;

/// <summary>The page's files, without a browser.</summary>
public sealed class PageFileTests
{
    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/js/main.js", "text/javascript")]
    [InlineData("/css/tokens.css", "text/css")]
    [InlineData("/icon.svg", "image/svg+xml")]
    public async Task A_file_is_kept_by_browsers_and_asked_for_again_by_its_tag(string path, string type)
    {
        await using var host = await ConsoleHost.StartAsync();
        using var client = new HttpClient { BaseAddress = new(host.Url) };
        using var first = await client.GetAsync(path);
        Assert.Equal((HttpStatusCode.OK, type, true), (first.StatusCode, first.Content.Headers.ContentType!.MediaType, first.Headers.CacheControl!.NoCache));
        Assert.NotNull(first.Headers.ETag);

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag);
        using var second = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task The_page_allows_itself_only_what_the_host_serves()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var client = new HttpClient { BaseAddress = new(host.Url) };
        using var page = await client.GetAsync("/");
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var text = await page.Content.ReadAsStringAsync();
        Assert.DoesNotContain("://", text, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_file_is_not_found_and_the_other_doors_stay_open()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var client = new HttpClient { BaseAddress = new(host.Url) };
        foreach (var (path, status) in new[] { ("/js/none.js", HttpStatusCode.NotFound), ("/../schema.graphql", HttpStatusCode.NotFound), ("/health/live", HttpStatusCode.OK), ("/graphql?query={__typename}", HttpStatusCode.OK) })
        {
            using var answer = await client.GetAsync(path);
            Assert.Equal((path, status), (path, answer.StatusCode));
        }
    }
}
