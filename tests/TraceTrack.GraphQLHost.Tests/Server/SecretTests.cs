using GraphQLHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraceTrack.Totals;

namespace TraceTrack.GraphQLHost.Tests.Server;

/// <summary>With every log at its most talkative, no password, token or connection string's secret is in one.</summary>
public sealed class SecretTests
{
    private const string Secret = "hunter2-xyzzy";

    private static readonly (string, string)[] Everything = [("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft", "Trace"), ("Observability:SlowOperation", "00:00:00.0000001")];

    [Fact]
    public async Task Passwords_and_tokens_are_in_no_log()
    {
        await using var host = await RunningHost.StartAsync(services => services.AddSingleton<ITotalsStore, BrokenTotals>(), Everything);
        var token = await host.LogInAsync("Ada");
        Assert.Null((await host.AskAsync(null, $$"""mutation { login(userName: "Dora", password: "{{RunningHost.Password}}") { token } }""")).Code);
        Assert.Equal("LOGIN_FAILED", (await host.AskAsync(null, $$"""mutation { login(userName: "Dora", password: "{{Secret}}") { token } }""")).Code);
        Assert.Equal("LOGIN_FAILED", (await host.AskAsync(null, "mutation($p: String!) { login(userName: \"Nobody\", password: $p) { token } }", new { p = Secret })).Code);
        Assert.Null((await host.AskAsync(token, $$"""mutation { createUser(input: { userName: "new", password: "{{Secret}}", role: BILLER }) { user { id } } }""")).Code);
        Assert.Null((await host.AskAsync(token, $$"""mutation { changePassword(input: { currentPassword: "{{RunningHost.Password}}", newPassword: "{{Secret}}" }) { user { id } } }""")).Code);
        token = (await host.AskAsync(null, "mutation($p: String!) { login(userName: \"Ada\", password: $p) { token } }", new { p = Secret })).Text("login.token")!;
        // What fails most loudly.
        Assert.Equal("INTERNAL", (await host.AskAsync(token, "{ totals { bags } }")).Code);
        Assert.Equal("SYNTAX_ERROR", (await host.AskAsync(token, $$"""mutation { login(userName: "x", password: "{{Secret}}" """)).Code);
        Assert.Equal("UNAUTHENTICATED", (await host.AskAsync(token + "x", "{ me { id } }")).Code);
        Assert.Null((await host.AskAsync(token, "mutation { logout { loggedOut } }")).Code);

        // Logs of others at their most talkative are there, so that this looks at something.
        Assert.Contains(host.Logs.All, log => log.Category.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal));
        Assert.Contains(host.Logs.All, log => log.Id == 4001);
        Assert.Contains(host.Logs.All, log => log.Id == 4005);
        AssertNone(host.Logs, RunningHost.Password, Secret, token);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=u;Timeout=2;Password=" + Secret, null)]
    [InlineData("Host=127.0.0.1;Port=1;Username=u;Passwrod=" + Secret, null)]
    [InlineData("Host=127.0.0.1;Port=none;Username=u;Password=" + Secret, null)]
    [InlineData("Host=127.0.0.1;Port=1;Timeout=2;Username=u;Password=" + Secret, "127.0.0.1:1,connectTimeout=200,password=" + Secret)]
    [InlineData("Host=127.0.0.1;Port=1;Username=u;Password=" + Secret, "127.0.0.1:1,pasword=" + Secret)]
    public async Task Connection_strings_that_do_not_work_are_told_without_their_secrets(string postgres, string? redis)
    {
        var logs = new KeptLogs();
        var error = await Record.ExceptionAsync(async () =>
        {
            await using var app = HostApplication.Build(new HostSettings
            {
                ConnectionString = postgres,
                RedisConfiguration = redis,
                Urls = "http://127.0.0.1:0",
                Configure = builder =>
                {
                    builder.Configuration.AddInMemoryCollection(Everything.ToDictionary(pair => pair.Item1, pair => (string?)pair.Item2));
                    builder.Logging.ClearProviders().AddProvider(logs);
                },
            });
            await app.StartAsync();
        });
        Assert.NotNull(error);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        AssertNone(logs, Secret);
    }

    private static void AssertNone(KeptLogs logs, params string[] secrets) => Assert.All(logs.All, log => Assert.All(secrets, secret =>
    {
        Assert.DoesNotContain(secret, log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, string.Join('\n', log.Scopes), StringComparison.Ordinal);
    }));

    private sealed class BrokenTotals : ITotalsStore
    {
        public ValueTask<TraceTrackTotals> GetAsync(CancellationToken cancellationToken) => throw new IOException("The server is gone.");

        public ValueTask<TotalsReconciliation> ReconcileAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
