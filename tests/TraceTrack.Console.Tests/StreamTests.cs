using System.Text.Json;
using Microsoft.Playwright;
using TraceTrack.Console.Tests.Support;

namespace TraceTrack.Console.Tests;

/// <summary>The page's subscription client by itself, with a server that breaks off where a test wants it to.</summary>
public sealed class StreamTests(Chromium chromium)
{
    private const string Subscribe = """
        async () => {
          const { subscribe } = await import('/js/api/stream.js');
          window.seen = [];
          window.stop = new AbortController();
          subscribe({ name: 'n', document: after => `subscription { n(after: ${after}) }`, next: data => (seen.push(data.n), data.id), signal: stop.signal })
            .then(() => seen.push('ended'), error => seen.push(error.code));
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
        await visit.Page.WaitForFunctionAsync("seen.length === 4");
        Assert.Equal("""[1,2,3,"NOT_ALLOWED"]""", await visit.Page.EvaluateAsync<string>("JSON.stringify(seen)"));
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
        await visit.Page.WaitForFunctionAsync("seen.length > 1");
        await visit.Page.EvaluateAsync("stop.abort()");
        await visit.Page.WaitForFunctionAsync("seen.at(-1) === 'ended'");
        visit.AssertQuiet();
    }
}
