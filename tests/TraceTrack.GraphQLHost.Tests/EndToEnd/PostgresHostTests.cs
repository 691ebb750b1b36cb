using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GraphQLHost.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TraceTrack;
using TraceTrack.Users;

namespace GraphQLHost.EndToEnd;

/// <summary>The whole path: HTTP, GraphQL, rules, PostgreSQL.</summary>
public sealed class PostgresHostTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const string Password = "a long enough password";

    [Fact]
    public async Task A_bag_is_scanned_loaded_dispatched_and_shown_with_its_children()
    {
        await using var app = await StartAsync(await server.NewDatabaseAsync());
        using var client = Client(app);
        await LogInAsync(client);
        await AskAsync(client, """mutation { recordScan(input: {scanId: "0199c1de-0000-7000-8000-000000000001", action: LINK, qr: "cb1", parent: "sb1"}) { outcome } }""");
        await AskAsync(client, """mutation { createBill(input: {number: "b-1", capacity: 5}) { bill { number } } }""");
        await AskAsync(client, """mutation { recordScan(input: {scanId: "0199c1de-0000-7000-8000-000000000002", action: LOAD, qr: "SB1", bill: "B-1"}) { outcome } }""");
        await AskAsync(client, """mutation { completeBill(input: {number: "B-1"}) { bill { status } } }""");
        var answer = await AskAsync(client, """
            {
              bag(qr: "SB1") { status childCount children { qr status parent { qr } } bill { number status actualWeightKg parents { qr } } }
              bags(first: 5, filter: { kind: PARENT }) { nodes { qr childCount children { qr } } pageInfo { endCursor hasNextPage } }
              search(text: "b1") { qr }
              totals { bags parents children bills scans users }
              me { userName role }
            }
            """);
        Assert.Equal("DISPATCHED", answer.GetProperty("bag").GetProperty("status").GetString());
        var child = answer.GetProperty("bag").GetProperty("children")[0];
        Assert.Equal(("CB1", "DISPATCHED", "SB1"), (child.GetProperty("qr").GetString(), child.GetProperty("status").GetString(), child.GetProperty("parent").GetProperty("qr").GetString()));
        Assert.Equal("COMPLETED", answer.GetProperty("bag").GetProperty("bill").GetProperty("status").GetString());
        Assert.Equal("SB1", answer.GetProperty("bag").GetProperty("bill").GetProperty("parents")[0].GetProperty("qr").GetString());
        Assert.Equal(2, answer.GetProperty("totals").GetProperty("bags").GetInt32());
        Assert.Equal(2, answer.GetProperty("totals").GetProperty("scans").GetInt32());
        Assert.Equal("ADMIN", answer.GetProperty("me").GetProperty("role").GetString());
    }

    [Fact]
    public async Task Sessions_and_bags_outlive_a_restart_of_the_host()
    {
        var database = await server.NewDatabaseAsync();
        AuthenticationHeaderValue? session;
        await using (var first = await StartAsync(database))
        {
            using var client = Client(first);
            await LogInAsync(client);
            await AskAsync(client, """mutation { recordScan(input: {scanId: "0199c1de-0000-7000-8000-000000000003", action: OBSERVE, qr: "C100"}) { outcome } }""");
            session = client.DefaultRequestHeaders.Authorization;
        }

        await using var second = await StartAsync(database);
        using var again = Client(second);
        again.DefaultRequestHeaders.Authorization = session;
        var answer = await AskAsync(again, """
            mutation { recordScan(input: {scanId: "0199c1de-0000-7000-8000-000000000003", action: OBSERVE, qr: "C100"}) { outcome replay bag { qr } } }
            """);
        Assert.Equal("REPLAYED", answer.GetProperty("recordScan").GetProperty("outcome").GetString());
        Assert.Equal("C100", answer.GetProperty("recordScan").GetProperty("bag").GetProperty("qr").GetString());
    }

    [Fact]
    public async Task Four_processes_migrate_one_database_at_once()
    {
        var database = await server.NewDatabaseAsync();
        var processes = Enumerable.Range(0, 4).Select(_ => Start("migrate", database)).ToArray();
        foreach (var process in processes)
        {
            var output = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, output);
            process.Dispose();
        }

        await using var source = NpgsqlDataSource.Create(database);
        await using var count = source.CreateCommand("SELECT (SELECT count(*) FROM tracetrack.migration) + 100 * (SELECT count(*) FROM tracetrack.store)");
        Assert.Equal(102L, await count.ExecuteScalarAsync());
    }

    private static Process Start(string verb, string database)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(HostApplication).Assembly.Location, verb])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TRACETRACK_POSTGRES"] = database;
        return Process.Start(start)!;
    }

    private static async Task<WebApplication> StartAsync(string connectionString)
    {
        var app = HostApplication.Build(new HostSettings { ConnectionString = connectionString, Urls = "http://127.0.0.1:0", Rules = rules => rules.ParentCapacity = 1 });
        await app.StartAsync();
        var traceTrack = app.Services.GetRequiredService<ITraceTrack>();
        var hasher = app.Services.GetRequiredService<IPasswordHasher<User>>();
        await new FirstAdmin(traceTrack, hasher, name => name == FirstAdmin.PasswordVariable ? Password : null).EnsureAsync(CancellationToken.None);
        return app;
    }

    private static HttpClient Client(WebApplication app) => new()
    {
        BaseAddress = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
    };

    private static async Task LogInAsync(HttpClient client)
    {
        var answer = await AskAsync(client, $$"""mutation { login(userName: "Admin", password: "{{Password}}") { token } }""");
        client.DefaultRequestHeaders.Authorization = new("Bearer", answer.GetProperty("login").GetProperty("token").GetString());
    }

    private static async Task<JsonElement> AskAsync(HttpClient client, string query)
    {
        using var response = await client.PostAsJsonAsync("/graphql", new { query });
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data");
    }
}
