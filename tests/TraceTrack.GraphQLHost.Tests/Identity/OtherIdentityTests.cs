using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphQLHost;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests.Identity;

/// <summary>The host with a team's own authentication scheme in place of TraceTrack's users.</summary>
public sealed class OtherIdentityTests : IAsyncLifetime
{
    private readonly WebApplication _app = HostApplication.Build(new HostSettings
    {
        Urls = "http://127.0.0.1:0",
        Identity = new() { Scheme = "badge", IdClaim = "sub", RoleClaim = "job", AreaClaim = "hall" },
        Configure = builder => builder.Services.AddAuthenticationCore(authentication => authentication.AddScheme<Badge>("badge", displayName: null)),
    });

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    [Fact]
    public async Task Its_people_scan_and_see_their_area_and_no_user_is_needed()
    {
        var scanned = await AskAsync("kim;Dispatcher;north", """
            mutation { recordScan(input: { scanId: "0199c1de-0000-7000-8000-00000000000a", action: OBSERVE, qr: "C100" }) { outcome scan { actorId area } } }
            """);
        Assert.Equal("""{"data":{"recordScan":{"outcome":"RECORDED","scan":{"actorId":"kim","area":"NORTH"}}}}""", scanned);
        Assert.Equal("""{"data":{"bag":null}}""", await AskAsync("lee;Dispatcher;south", """{ bag(qr: "C100") { qr } }"""));
        Assert.Equal("""{"data":{"me":null,"totals":{"users":0}}}""", await AskAsync("ann;Admin;", "{ me { id } totals { users } }"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("kim;Wizard;north")]
    [InlineData("kim;;north")]
    [InlineData(";Admin;")]
    public async Task Who_is_not_clearly_somebody_is_nobody(string? badge) =>
        Assert.Contains("UNAUTHENTICATED", await AskAsync(badge, "{ totals { bags } }"), StringComparison.Ordinal);

    [Fact]
    public async Task Sessions_of_ours_open_nothing()
    {
        var users = _app.Services.GetRequiredService<ITraceTrack>().As(Actor.System).Users;
        var ada = await users.CreateAsync(new("ada", UserRole.Admin, null, "hash"));
        var ticket = await users.StartSessionAsync(ada.Id);
        using var client = new HttpClient { BaseAddress = new(_app.Urls.Single()), DefaultRequestHeaders = { Authorization = new("Bearer", ticket.Token) } };
        using var response = await client.PostAsJsonAsync("/graphql", new { query = "{ totals { bags } }" });
        Assert.Contains("UNAUTHENTICATED", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""mutation { login(userName: "ada", password: "x") { token } }""")]
    [InlineData("mutation { logout { loggedOut } }")]
    [InlineData("mutation { logoutEverywhere { endedSessions } }")]
    [InlineData("""mutation { changePassword(input: { currentPassword: "x", newPassword: "long enough" }) { user { id } } }""")]
    public async Task Nobody_is_logged_in_or_out(string query) =>
        Assert.Contains("LOGIN_DISABLED", await AskAsync("ann;Admin;", query), StringComparison.Ordinal);

    [Fact]
    public void A_scheme_that_nobody_added_is_found_at_the_start()
    {
        var error = Assert.Throws<InvalidOperationException>(() => HostApplication.Build(new HostSettings { Identity = new() { Scheme = "missing" } }));
        Assert.Contains("missing", error.Message, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<string> AskAsync(string? badge, string query)
    {
        using var client = new HttpClient { BaseAddress = new(_app.Urls.Single()) };
        if (badge is not null)
            client.DefaultRequestHeaders.Add("X-Badge", badge);
        using var response = await client.PostAsJsonAsync("/graphql", new { query });
        return JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetRawText();
    }

    private sealed class Badge(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers["X-Badge"] is not [{ } badge])
                return Task.FromResult(AuthenticateResult.NoResult());
            var claims = badge.Split(';').Zip(["sub", "job", "hall"], (value, type) => new Claim(type, value));
            return Task.FromResult(AuthenticateResult.Success(new(new(new ClaimsIdentity(claims, Scheme.Name)), Scheme.Name)));
        }
    }
}
