using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GraphQLHost.EndToEnd;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using OwnIdentity;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests.OwnIdentity;

/// <summary>The sample of a team with its own identity, started as it is and asked by HTTP.</summary>
public sealed class OwnIdentityTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task Its_people_scan_and_look_up_by_area_and_no_user_is_created()
    {
        await using var application = new Application(null);
        await WorkAsync(application);
        Assert.Equal(0, (await TotalsAsync(application)).Users);
    }

    [Fact]
    public async Task In_a_database_the_tables_of_users_and_sessions_stay_empty()
    {
        var database = await server.NewDatabaseAsync();
        await using var application = new Application(database);
        await WorkAsync(application);
        await using var source = NpgsqlDataSource.Create(database);
        await using var count = source.CreateCommand(
            "SELECT (SELECT count(*) FROM tracetrack.app_user), (SELECT count(*) FROM tracetrack.login_session), (SELECT count(*) FROM tracetrack.scan WHERE actor_id = 'p-4711')");
        await using var reader = await count.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        Assert.Equal((0L, 0L, 2L), (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)));
    }

    [Fact]
    public async Task Who_has_no_business_in_the_warehouse_gets_in_nowhere()
    {
        await using var application = new Application(null);
        using var stranger = application.CreateClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PostAsJsonAsync("/log-in", new { badge = "badge-9" })).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/bags/SB1")).StatusCode);
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", "made-up");
        Assert.Equal(HttpStatusCode.Unauthorized, (await ScanAsync(stranger, "Observe", "C001")).StatusCode);
        using var cook = await LogInAsync(application, "badge-5");
        Assert.Equal(HttpStatusCode.Forbidden, (await cook.GetAsync("/bags/SB1")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await ScanAsync(cook, "Observe", "C001")).StatusCode);
        Assert.Equal(0, (await TotalsAsync(application)).Scans);
    }

    [Fact]
    public async Task What_has_no_proper_form_is_told_with_its_code()
    {
        await using var application = new Application(null);
        using var north = await LogInAsync(application, "badge-1");
        using var answer = await ScanAsync(north, "Link", "cb1");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(ErrorCodes.InvalidScan, (await JsonAsync(answer)).GetProperty("code").GetString());
    }

    private static async Task WorkAsync(Application application)
    {
        using var north = await LogInAsync(application, "badge-1");
        using var south = await LogInAsync(application, "badge-2");
        using var clerk = await LogInAsync(application, "badge-3");
        var linked = await JsonAsync(await ScanAsync(north, "Link", "cb1", "sb1"));
        Assert.Equal("""{"outcome":"Recorded","rejection":null,"fact":null,"by":"p-4711"}""", linked.GetRawText());
        Assert.Equal("""{"qr":"SB1","status":"Pending","area":"NORTH","children":["CB1"]}""", await north.GetStringAsync("/bags/sb1"));
        Assert.Equal("OutOfArea", (await JsonAsync(await ScanAsync(south, "Observe", "CB1"))).GetProperty("rejection").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await south.GetAsync("/bags/SB1")).StatusCode);
        Assert.Equal("NotAllowed", (await JsonAsync(await ScanAsync(north, "Load", "SB1", bill: "B-1"))).GetProperty("rejection").GetString());
        Assert.Equal(("UnknownBill", "B-1"), Told(await JsonAsync(await ScanAsync(clerk, "Load", "SB1", bill: "b-1"))));

        static (string?, string?) Told(JsonElement answer) => (answer.GetProperty("rejection").GetString(), answer.GetProperty("fact").GetString());
    }

    private static Task<TraceTrack.Totals.TraceTrackTotals> TotalsAsync(Application application) =>
        application.Services.GetRequiredService<ITraceTrack>().As(Actor.System).Totals.GetAsync().AsTask();

    private static async Task<HttpClient> LogInAsync(Application application, string badge)
    {
        var client = application.CreateClient();
        using var answer = await client.PostAsJsonAsync("/log-in", new { badge });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await JsonAsync(answer)).GetProperty("accessToken").GetString());
        return client;
    }

    private static Task<HttpResponseMessage> ScanAsync(HttpClient client, string action, string qr, string? parent = null, string? bill = null) =>
        client.PostAsJsonAsync("/scans", new { scanId = Guid.NewGuid(), action, qr, parent, bill });

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => JsonElement.Parse(await answer.Content.ReadAsStringAsync());

    private sealed class Application(string? database) : WebApplicationFactory<LogIn>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            // Empty: also where the environment of the tests names a database.
            builder.UseSetting("TRACETRACK_POSTGRES", database ?? "");
            builder.ConfigureLogging(logging => logging.ClearProviders());
            builder.ConfigureTestServices(services => services.AddDataProtection().UseEphemeralDataProtectionProvider());
        }
    }
}
