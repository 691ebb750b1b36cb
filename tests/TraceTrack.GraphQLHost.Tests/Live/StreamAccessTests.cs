using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text.Encodings.Web;
using GraphQLHost;
using GraphQLHost.Live;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests.Live;

public sealed class StreamAccessTests
{
    private const string Totals = "subscription { totalsChanged { totals { bags } } }";

    /// <summary>The status is 200 and the refusal an event: a client that reads events reads nothing else.</summary>
    [Theory]
    [InlineData(null, LiveHost.Scans, "UNAUTHENTICATED")]
    [InlineData(null, Totals, "UNAUTHENTICATED")]
    [InlineData("Dora", "subscription { scanRecorded(area: \"SOUTH\") { eventId } }", "NOT_ALLOWED")]
    [InlineData("Nobody", LiveHost.Scans, "NOT_ALLOWED")]
    [InlineData("Nobody", Totals, "NOT_ALLOWED")]
    [InlineData("Nobody", "subscription { billChanged(number: \"B-1\") { eventId } }", "NOT_ALLOWED")]
    [InlineData("Ada", "subscription { scanRecorded(after: \"yesterday\") { eventId } }", "INVALID_CURSOR")]
    [InlineData("Ada", "subscription { scanRecorded(after: \"0.999\") { eventId } }", "INVALID_CURSOR")]
    [InlineData("Ada", "subscription { scanRecorded(area: \"no such area?\") { eventId } }", "INVALID_AREA")]
    [InlineData("Ada", "subscription { billChanged(number: \"?\") { eventId } }", "INVALID_BILL_NUMBER")]
    [InlineData("Ada", "subscription { billChanged { eventId } }", "VALIDATION_FAILED")]
    [InlineData("Ada", "subscription { nothing { eventId } }", "VALIDATION_FAILED")]
    [InlineData("Ada", "subscription { scanRecorded { eventId } totalsChanged { eventId } }", "VALIDATION_FAILED")]
    [InlineData("Ada", "subscription {", "SYNTAX_ERROR")]
    [InlineData("Ada", "subscription { scanRecorded { scan { bag { parent { parent { parent { parent { parent { parent { parent { parent { parent { qr } } } } } } } } } } } } }", "QUERY_TOO_DEEP")]
    [InlineData("Ada", "subscription { scanRecorded { scan { bag { children { children { children { children { qr } } } } } } } }", "QUERY_TOO_COMPLEX")]
    public async Task What_is_refused_is_one_event_with_the_error_and_the_end(string? user, string query, string code)
    {
        await using var host = await LiveHost.StartAsync();
        if (user == "Nobody")
            await host.Host.AddUserAsync("Nobody", UserRole.Dispatcher, null);
        await using var live = user is null ? await host.OpenAsync(null, query) : await host.OpenAsAsync(user, query);
        Assert.Equal((200, "text/event-stream"), (live.Status, live.MediaType));
        await live.EndsWithAsync(code);
        Assert.Equal(0, host.Services.GetRequiredService<StreamPlaces>().Taken);
        Assert.Empty(host.Host.Logs.Messages);
    }

    [Theory]
    [InlineData("mutation { logout { loggedOut } }", false)]
    [InlineData("mutation { logoutEverywhere(userId: \"#\") { endedSessions } }", true)]
    [InlineData("mutation { changeUser(input: { id: \"#\", isDisabled: true }) { user { id } } }", true)]
    [InlineData("mutation { changeUser(input: { id: \"#\", role: BILLER }) { user { id } } }", true)]
    [InlineData("mutation { changeUser(input: { id: \"#\", area: \"SOUTH\" }) { user { id } } }", true)]
    [InlineData("mutation { setPassword(input: { id: \"#\", password: \"another long one\" }) { user { id } } }", true)]
    public async Task When_the_session_ends_so_do_its_streams(string mutation, bool byAdmin)
    {
        await using var host = await LiveHost.StartAsync();
        var (dora, ada) = (await host.Host.LogInAsync("Dora"), await host.Host.LogInAsync("Ada"));
        var id = (await host.Host.AskAsync(dora, "{ me { id } }")).Text("me.id")!;
        await using var scans = await host.OpenAsync(dora, LiveHost.Scans);
        await using var totals = await host.OpenAsync(dora, Totals);
        await using var others = await host.OpenAsync(ada, LiveHost.Scans);
        await totals.ReadAsync();
        Assert.Null((await host.Host.AskAsync(byAdmin ? ada : dora, mutation.Replace("#", id, StringComparison.Ordinal))).Code);
        await scans.EndsWithAsync("UNAUTHENTICATED");
        await totals.EndsWithAsync("UNAUTHENTICATED");
        await host.ObserveAsync("C001");
        Assert.Null((await others.ReadAsync()).Code);
    }

    [Fact]
    public async Task Who_becomes_a_dispatcher_meanwhile_gets_the_own_areas_scans_from_then_on()
    {
        Badges.Set("kim", "Biller", "");
        await using var app = await BadgeHostAsync();
        using var http = new HttpClient { BaseAddress = new(app.Urls.Single()), DefaultRequestHeaders = { { "X-Badge", "kim" } } };
        await using var all = await LiveClient.OpenAsync(http, null, LiveHost.Scans);
        await using var south = await LiveClient.OpenAsync(http, null, "subscription { scanRecorded(area: \"SOUTH\") { eventId } }");
        var door = app.Services.GetRequiredService<ITraceTrack>();
        await ObserveAsync(door, "S-1", "SOUTH");
        Assert.Contains("S-1", (await all.ReadAsync()).Json.GetRawText(), StringComparison.Ordinal);
        Assert.Null((await south.ReadAsync()).Code);

        Badges.Set("kim", "Dispatcher", "NORTH");
        // By when this has ended, both have been looked at.
        await south.EndsWithAsync("NOT_ALLOWED");
        await Task.Delay(200);
        await ObserveAsync(door, "S-2", "SOUTH");
        await ObserveAsync(door, "N-1", "NORTH");
        Assert.Contains("N-1", (await all.ReadAsync()).Json.GetRawText(), StringComparison.Ordinal);

        Badges.Set("kim", "Dispatcher", "");
        await all.EndsWithAsync("NOT_ALLOWED");
    }

    private static async Task<Microsoft.AspNetCore.Builder.WebApplication> BadgeHostAsync()
    {
        var app = HostApplication.Build(new HostSettings
        {
            Urls = "http://127.0.0.1:0",
            Identity = new() { Scheme = "badge", IdClaim = "sub", RoleClaim = "job", AreaClaim = "hall" },
            Configure = builder =>
            {
                builder.Logging.ClearProviders();
                builder.Configuration.AddInMemoryCollection([new("Live:SessionCheck", "00:00:00.02"), new("Live:PollInterval", "00:00:00.02")]);
                builder.Services.AddAuthenticationCore(authentication => authentication.AddScheme<Badges>("badge", displayName: null));
            },
        });
        await app.StartAsync();
        return app;
    }

    private static async Task ObserveAsync(ITraceTrack door, string qr, string area) => await door
        .As(new("somebody", UserRole.Dispatcher, area)).Scans.RecordAsync(RecordScan.Observe(ScanId.New(), Bags.QrCode.Parse(qr)), TestContext.Current.CancellationToken);

    /// <summary>A team's own identity, whose people may become others while a request lasts.</summary>
    private sealed class Badges(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        private static readonly ConcurrentDictionary<string, (string Role, string Area)> People = new(StringComparer.Ordinal);

        public static void Set(string name, string role, string area) => People[name] = (role, area);

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers["X-Badge"] is not [{ } name] || !People.TryGetValue(name, out var person))
                return Task.FromResult(AuthenticateResult.NoResult());
            Claim[] claims = [new("sub", name), new("job", person.Role), new("hall", person.Area)];
            return Task.FromResult(AuthenticateResult.Success(new(new(new ClaimsIdentity(claims, Scheme.Name)), Scheme.Name)));
        }
    }
}
