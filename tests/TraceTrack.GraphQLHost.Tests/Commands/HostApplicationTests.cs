using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GraphQLHost;
using GraphQLHost.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Totals;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests.Commands;

/// <summary>The host as ./run starts it, on a port of its own.</summary>
public sealed class HostApplicationTests
{
    [Fact]
    public async Task The_first_admin_logs_in_and_asks()
    {
        await using var app = HostApplication.Build(new HostSettings { Urls = "http://127.0.0.1:0" });
        var admin = await Admin(app).EnsureAsync(default);
        Assert.Equal(AdminPassword.JustMade, admin.Origin);
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var login = await AskAsync(client, "mutation($p: String!) { login(userName: \"admin\", password: $p) { token } }", new { p = admin.Password });
        client.DefaultRequestHeaders.Authorization = new("Bearer", login.GetProperty("data").GetProperty("login").GetProperty("token").GetString());
        var totals = await AskAsync(client, "{ totals { bags users } }");
        Assert.Equal("""{"data":{"totals":{"bags":0,"users":1}}}""", totals.GetRawText());
    }

    [Fact]
    public async Task Health_is_told_without_a_log_in()
    {
        await using var app = HostApplication.Build(new HostSettings { Urls = "http://127.0.0.1:0" });
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Assert.Equal("""{"status":"live"}""", await client.GetStringAsync("/health/live"));
        Assert.Equal("""{"status":"ready","checks":[{"name":"store","status":"healthy"}]}""", await client.GetStringAsync("/health/ready"));
    }

    [Fact]
    public async Task A_store_that_does_not_answer_makes_the_host_not_ready_and_not_dead()
    {
        await using var app = HostApplication.Build(new HostSettings
        {
            Urls = "http://127.0.0.1:0",
            Configure = builder => builder.Services.AddSingleton<ITotalsStore, BrokenStore>(),
        });
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var ready = await client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("""{"status":"unavailable","checks":[{"name":"store","status":"unhealthy"}]}""", await ready.Content.ReadAsStringAsync());
        using var live = await client.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    [Fact]
    public async Task The_variable_names_the_first_password_and_the_reset_one_only()
    {
        await using var app = HostApplication.Build(new HostSettings());
        Assert.Equal(AdminPassword.FromVariable, (await Admin(app, "first").EnsureAsync(default)).Origin);
        Assert.Equal((AdminPassword.FromVariable, false), Told(await Admin(app, "first").EnsureAsync(default)));
        Assert.Equal((AdminPassword.SetEarlier, true), Told(await Admin(app, "second").EnsureAsync(default)));
        Assert.Equal((AdminPassword.SetEarlier, false), Told(await Admin(app).EnsureAsync(default)));
        Assert.Equal(AdminPassword.FromVariable, (await Admin(app, "second").ResetAsync(default)).Origin);
        Assert.Equal((AdminPassword.FromVariable, false), Told(await Admin(app, "second").EnsureAsync(default)));
        var made = await Admin(app).ResetAsync(default);
        Assert.Matches("^[A-Za-z2-9]{20}$", made.Password!);
        Assert.Equal((AdminPassword.FromVariable, false), Told(await Admin(app, made.Password).EnsureAsync(default)));
    }

    [Fact]
    public async Task A_reset_admin_is_enabled_and_admin_again_without_sessions()
    {
        await using var app = HostApplication.Build(new HostSettings());
        await Admin(app, "first").EnsureAsync(default);
        var users = app.Services.GetRequiredService<ITraceTrack>().As(Actor.System).Users;
        var admin = await users.FindByNameAsync(FirstAdmin.Name);
        var ticket = await users.StartSessionAsync(admin!.Id);
        await users.CreateAsync(new("other", UserRole.Admin, null, "hash"));
        Assert.Equal(AdminPassword.FromVariable, (await Admin(app, "first").ResetAsync(default)).Origin);
        Assert.Null(await users.FindSessionAsync(ticket.Token));
        await users.ChangeAsync(admin.Id, new() { Role = UserRole.Dispatcher, IsDisabled = true });
        Assert.Equal((AdminPassword.SetEarlier, false), Told(await Admin(app, "first").EnsureAsync(default)));
        var reset = await Admin(app).ResetAsync(default);
        Assert.Equal(AdminPassword.JustMade, reset.Origin);
        Assert.Equal(admin, await users.FindByNameAsync(FirstAdmin.Name));
        Assert.Equal(reset.PasswordHash, (await users.FindCredentialsAsync(FirstAdmin.Name))!.PasswordHash);
    }

    [Fact]
    public async Task A_made_password_is_told_the_first_time_only()
    {
        await using var app = HostApplication.Build(new HostSettings());
        var first = await Admin(app).EnsureAsync(default);
        Assert.Matches("^[A-Za-z2-9]{20}$", first.Password!);
        Assert.DoesNotContain(first.Password!, first.ToString(), StringComparison.Ordinal);
        var second = await Admin(app).EnsureAsync(default);
        Assert.Equal((AdminPassword.SetEarlier, null), (second.Origin, second.Password));
    }

    private static (AdminPassword Origin, bool VariableIsWrong) Told(AdminAccount account) => (account.Origin, account.VariableIsWrong);

    private static FirstAdmin Admin(WebApplication app, string? variable = null) => new(
        app.Services.GetRequiredService<ITraceTrack>(), app.Services.GetRequiredService<IPasswordHasher<User>>(), _ => variable);

    private static async Task<JsonElement> AskAsync(HttpClient client, string query, object? variables = null)
    {
        using var response = await client.PostAsJsonAsync("/graphql", new { query, variables });
        return JsonElement.Parse(await response.Content.ReadAsStringAsync());
    }

    private sealed class BrokenStore : ITotalsStore
    {
        public ValueTask<TraceTrackTotals> GetAsync(CancellationToken cancellationToken) => throw new IOException("The server is gone.");

        public ValueTask<TotalsReconciliation> ReconcileAsync(CancellationToken cancellationToken) => throw new IOException("The server is gone.");
    }
}
