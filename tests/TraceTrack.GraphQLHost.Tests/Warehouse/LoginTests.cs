namespace TraceTrack.GraphQLHost.Tests.Warehouse;

public sealed class LoginTests : IAsyncLifetime
{
    private const string LogIn = "mutation($n: String!, $p: String!) { login(userName: $n, password: $p) { token expiresAt user { id userName role area } } }";

    private WarehouseHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await WarehouseHost.StartAsync();

    [Fact]
    public async Task A_user_logs_in_asks_and_logs_out()
    {
        var login = await _host.AskAsync(null, LogIn, new { n = "dora", p = WarehouseHost.Password });
        Assert.Equal(("Dora", "DISPATCHER", "NORTH"), (login.Text("login.user.userName"), login.Text("login.user.role"), login.Text("login.user.area")));
        Assert.EndsWith("Z", login.Text("login.expiresAt"), StringComparison.Ordinal);
        var token = login.Text("login.token");
        Assert.Equal(login.Text("login.user.id"), (await _host.AskAsync(token, "{ me { id } }")).Text("me.id"));
        Assert.Equal("true", (await _host.AskAsync(token, "mutation { logout { loggedOut } }")).Text("logout.loggedOut"));
        Assert.Equal("UNAUTHENTICATED", (await _host.AskAsync(token, "{ me { id } }")).Code);
        Assert.Equal("UNAUTHENTICATED", (await _host.AskAsync(token, "mutation { logout { loggedOut } }")).Code);
    }

    [Theory]
    [InlineData("Dora", "wrong")]
    [InlineData("Dora", "")]
    [InlineData("Nobody", WarehouseHost.Password)]
    [InlineData("", "")]
    [InlineData("\u0000", "x")]
    public async Task A_wrong_name_and_a_wrong_password_are_not_told_apart(string name, string password)
    {
        var reply = await _host.AskAsync(null, LogIn, new { n = name, p = password });
        Assert.Equal(200, reply.Status);
        Assert.Equal("LOGIN_FAILED", reply.Code);
        Assert.Equal("null", reply.Data.GetRawText());
        Assert.Empty(_host.Logs.Messages);
    }

    [Theory]
    [InlineData("{ bag(qr: \"SB00001\") { qr } }")]
    [InlineData("{ bags { nodes { qr } } }")]
    [InlineData("{ bill(number: \"B1\") { number } }")]
    [InlineData("{ bills { nodes { number } } }")]
    [InlineData("{ search(text: \"SB\") { qr } }")]
    [InlineData("{ totals { bags } }")]
    [InlineData("{ me { id } }")]
    [InlineData("{ user(id: \"1\") { id } }")]
    [InlineData("{ users { nodes { id } } }")]
    [InlineData("mutation { logout { loggedOut } }")]
    [InlineData("mutation { logoutEverywhere { endedSessions } }")]
    [InlineData("mutation { changePassword(input: { currentPassword: \"x\", newPassword: \"long enough\" }) { user { id } } }")]
    [InlineData("mutation { createUser(input: { userName: \"x\", password: \"long enough\", role: ADMIN }) { user { id } } }")]
    [InlineData("mutation { changeUser(input: { id: \"1\", role: ADMIN }) { user { id } } }")]
    [InlineData("mutation { setPassword(input: { id: \"1\", password: \"long enough\" }) { user { id } } }")]
    [InlineData("mutation { recordScan(input: { scanId: \"5d1c4f0e-0000-4000-8000-000000000001\", action: OBSERVE, qr: \"C00001\" }) { outcome } }")]
    [InlineData("mutation { createBill(input: { number: \"B1\", capacity: 1 }) { bill { number } } }")]
    [InlineData("mutation { completeBill(input: { number: \"B1\" }) { bill { number } } }")]
    public async Task Nothing_else_answers_without_a_session(string query)
    {
        Assert.Equal("UNAUTHENTICATED", (await _host.AskAsync(null, query)).Code);
        Assert.Equal("UNAUTHENTICATED", (await _host.AskAsync("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", query)).Code);
        Assert.Empty(_host.StoreCalls);
    }

    [Fact]
    public async Task Many_log_ins_at_once_all_get_their_answer()
    {
        var tokens = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _host.LogInAsync("Ada")));
        Assert.Equal(8, tokens.Distinct(StringComparer.Ordinal).Count());
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
