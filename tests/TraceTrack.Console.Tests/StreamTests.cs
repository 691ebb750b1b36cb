using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TraceTrack.Console.Tests.Support;

namespace TraceTrack.Console.Tests;

/// <summary>The page's subscription client by itself, with a server that breaks off where a test wants it to.</summary>
public sealed class StreamTests(Chromium chromium)
{
    private const string Subscribe = """
        async () => {
          const { subscribe } = await import('/js/api/stream.js');
          const seen = [];
          // In the title, where a test can see it: the page's policy lets no test evaluate text.
          const see = value => (seen.push(value), document.title = JSON.stringify(seen));
          window.stop = new AbortController();
          subscribe({ name: 'n', document: after => `subscription { n(after: ${after}) }`, next: data => (see(data.n), data.id), signal: stop.signal })
            .then(() => see('ended'), error => see(error.code));
        }
        """;

    [Fact]
    public async Task A_stream_that_breaks_off_goes_on_after_the_last_event_seen()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.OpenAsync(chromium, host);
        var asked = new List<string>();
        string[] bodies =
        [
            // Comments, both kinds of line ends, data over two lines, and an end in the middle of an event.
            ": hello\r\n\r\nevent: next\r\ndata: {\"data\":{\"n\":1,\r\ndata: \"id\":\"7.1\"}}\r\n\r\nevent: next\ndata: {\"data\":{\"n\":2,\"id\":\"7.2\"}}\n\nevent: next\ndata: {\"da",
            "event: next\ndata: {\"errors\":[{\"message\":\"Too slow.\",\"extensions\":{\"code\":\"RESUME_REQUIRED\"}}]}\n\n",
            "event: next\ndata: {\"data\":{\"n\":3,\"id\":\"7.3\"}}\n\nevent: complete\ndata:\n\n",
            "event: next\ndata: {\"errors\":[{\"message\":\"No.\",\"extensions\":{\"code\":\"NOT_ALLOWED\"}}]}\n\nevent: complete\n\n",
        ];
        await visit.Page.RouteAsync("**/graphql", async route =>
        {
            Assert.StartsWith("text/event-stream", route.Request.Headers["accept"], StringComparison.Ordinal);
            asked.Add(JsonElement.Parse(route.Request.PostData!).GetProperty("query").GetString()!);
            await route.FulfillAsync(new() { Status = 200, ContentType = "text/event-stream", Body = bodies[asked.Count - 1] });
        });
        await visit.Page.EvaluateAsync(Subscribe);
        await Assertions.Expect(visit.Page).ToHaveTitleAsync("""[1,2,3,"NOT_ALLOWED"]""");
        Assert.Equal(
            ["subscription { n(after: undefined) }", "subscription { n(after: 7.2) }", "subscription { n(after: 7.2) }", "subscription { n(after: 7.3) }"],
            asked);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_stream_that_nobody_wants_any_more_is_closed()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.OpenAsync(chromium, host);
        await visit.Page.RouteAsync(
            "**/graphql",
            route => route.FulfillAsync(new() { Status = 200, ContentType = "text/event-stream", Body = "event: next\ndata: {\"data\":{\"n\":1}}\n\n" }));
        await visit.Page.EvaluateAsync(Subscribe);
        await Assertions.Expect(visit.Page).ToHaveTitleAsync(new Regex(@"^\[1,1"));
        await visit.Page.EvaluateAsync("stop.abort()");
        await Assertions.Expect(visit.Page).ToHaveTitleAsync(new Regex("ended"));
        visit.AssertQuiet();
    }
}
