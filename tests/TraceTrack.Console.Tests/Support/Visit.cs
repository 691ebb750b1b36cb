using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace TraceTrack.Console.Tests.Support;

/// <summary>One person at one device. Whatever the page complains of, or asks of another server, ends the test.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly string _url;

    private Visit(IBrowserContext context, IPage page, string url) => (Context, Page, _url) = (context, page, url);

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>What came of the last scan.</summary>
    public ILocator Verdict => Page.Locator(".verdict");

    public ILocator FilledCells => Page.Locator(".holder .cell[data-state=filled]");

    public ILocator CellsUnderway => Page.Locator(".holder .cell[data-state=coming]");

    public ILocator Connection => Page.Locator(".connection");

    /// <summary>Opens the page; nobody is logged in.</summary>
    public static async Task<Visit> OpenAsync(Chromium chromium, ConsoleHost host, BrowserNewContextOptions? options = null)
    {
        var context = await chromium.OpenAsync(options);
        await context.AddInitScriptAsync("addEventListener('securitypolicyviolation', e => console.error(`policy: ${e.effectiveDirective} ${e.blockedURI}`));");
        var page = await context.NewPageAsync();
        var visit = new Visit(context, page, host.Url);
        visit.Listen();
        await page.GotoAsync(host.Url);
        return visit;
    }

    /// <summary>Opens the page and logs in.</summary>
    public static async Task<Visit> LogInAsync(Chromium chromium, ConsoleHost host, string user, BrowserNewContextOptions? options = null)
    {
        var visit = await OpenAsync(chromium, host, options);
        await visit.LogInAsync(user);
        return visit;
    }

    public async Task LogInAsync(string user)
    {
        await Page.GetByLabel("User name").FillAsync(user);
        await Page.GetByLabel("Password").FillAsync(ConsoleHost.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await Assertions.Expect(Page.Locator(".side")).ToBeVisibleAsync();
        // The view comes a moment later, and with it the field that whoever scans now would type into.
        await Assertions.Expect(Page.Locator("#scan:focus, h1:focus")).ToHaveCountAsync(1);
    }

    /// <summary>What a scanner does: it types, wherever the focus is, and presses Enter.</summary>
    public async Task ScanAsync(string code)
    {
        await Page.Keyboard.TypeAsync(code);
        await Page.Keyboard.PressAsync("Enter");
    }

    public async Task ScanAsync(string code, string tone)
    {
        await ScanAsync(code);
        await ExpectAsync(tone, code.ToUpperInvariant());
    }

    public async Task ExpectAsync(string tone, string words)
    {
        await Assertions.Expect(Verdict).ToContainTextAsync(words);
        await Assertions.Expect(Verdict).ToHaveAttributeAsync("data-tone", tone);
    }

    public async Task GoAsync(string view)
    {
        await Page.EvaluateAsync("view => { location.hash = view; }", view);
        await Assertions.Expect(Page.Locator("main h1")).ToBeAttachedAsync();
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>A failed request is what being offline is; nothing else is forgiven.</summary>
    public void AssertQuiet(bool wasOffline = false) =>
        Assert.DoesNotContain(_complaints, complaint => !(wasOffline && complaint.Contains("ERR_INTERNET_DISCONNECTED", StringComparison.Ordinal)));

    public ValueTask DisposeAsync() => Context.DisposeAsync();

    private void Listen()
    {
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _complaints.Enqueue(message.Text);
        };
        Page.PageError += (_, error) => _complaints.Enqueue(error);
        Context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(_url, StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
                _complaints.Enqueue("A request left for " + request.Url);
        };
    }
}
