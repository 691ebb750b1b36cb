using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace GraphQLHost.EndToEnd;

/// <summary>A process that is told to stop while a scan waits for its locks.</summary>
public sealed class DrainTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const string Password = "a long enough password";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task On_SIGTERM_a_scan_that_has_begun_is_recorded_new_ones_get_503_and_the_process_ends_well()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGTERM on Windows.");
        var database = await server.NewDatabaseAsync();
        using var host = Start(database);
        try
        {
            using var client = new HttpClient { BaseAddress = new(await ReadyAsync(host)) };
            var login = await AskAsync(client, $$"""mutation { login(userName: "admin", password: "{{Password}}") { token } }""");
            client.DefaultRequestHeaders.Authorization = new("Bearer", login.GetProperty("data").GetProperty("login").GetProperty("token").GetString());
            await using var source = NpgsqlDataSource.Create(database);
            await using var connection = await source.OpenConnectionAsync();
            // Every scan changes the totals last.
            await using var held = await connection.BeginTransactionAsync();
            await ExecuteAsync(connection, "LOCK TABLE tracetrack.totals IN EXCLUSIVE MODE");
            var scan = AskAsync(client, Scan(1));
            await EventuallyAsync(async () => await ExecuteAsync(connection, "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'tracetrack.totals'::regclass") is > 0L);

            using (var kill = Process.Start("kill", ["-TERM", host.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
                await kill.WaitForExitAsync();
            await EventuallyAsync(async () =>
            {
                using var response = await client.PostAsJsonAsync("/graphql", new { query = "{ me { id } }" });
                return (int)response.StatusCode == 503 && response.Headers.RetryAfter is not null;
            });
            using (var refused = await client.PostAsJsonAsync("/graphql", new { query = Scan(2) }))
                Assert.Contains("\"SHUTTING_DOWN\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.False(scan.IsCompleted);

            await held.RollbackAsync();
            Assert.Equal("""{"data":{"recordScan":{"outcome":"RECORDED"}}}""", (await scan.WaitAsync(Patience)).GetRawText());
            await host.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
            Assert.Equal(0, host.ExitCode);
            Assert.Equal(1L, await ExecuteAsync(connection, "SELECT count(*) FROM tracetrack.scan"));
        }
        finally
        {
            if (!host.HasExited)
                host.Kill(entireProcessTree: true);
        }
    }

    private static string Scan(int number) =>
        $$"""mutation { recordScan(input: { scanId: "0199c1de-0000-7000-8000-00000000000{{number}}", action: OBSERVE, qr: "C000{{number}}" }) { outcome } }""";

    private static Process Start(string database)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(HostApplication).Assembly.Location, "--bags", "0", "--urls", "http://127.0.0.1:0"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["TRACETRACK_POSTGRES"] = database;
        start.Environment["TRACETRACK_ADMIN_PASSWORD"] = Password;
        return Process.Start(start)!;
    }

    private static async Task<string> ReadyAsync(Process host)
    {
        const string Ready = "Ready: ";
        while (await host.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.StartsWith(Ready, StringComparison.Ordinal))
            {
                // What it prints from now on must not fill the pipe.
                _ = host.StandardOutput.ReadToEndAsync();
                return line[Ready.Length..];
            }
        }

        throw new InvalidOperationException("The host ended before it was ready.");
    }

    private static async Task<JsonElement> AskAsync(HttpClient client, string query)
    {
        using var response = await client.PostAsJsonAsync("/graphql", new { query });
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
            await Task.Delay(20, patience.Token);
    }
}
