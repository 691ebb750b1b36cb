namespace TraceTrack.GraphQLHost.Tests.Warehouse;

/// <summary>Users by GraphQL: every change of a user ends the user's sessions.</summary>
public sealed class UserTests : IAsyncLifetime
{
    private const string User = "user { id userName role area isDisabled createdAt }";

    private WarehouseHost _host = null!;
    private string _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await WarehouseHost.StartAsync();
        _admin = await _host.LogInAsync("Ada");
    }

    [Fact]
    public async Task An_admin_creates_a_user_who_logs_in()
    {
        var created = await CreateAsync(_admin, new { userName = "Eve", password = WarehouseHost.Password, role = "DISPATCHER", area = "east" });
        Assert.Equal(("Eve", "DISPATCHER", "EAST", "false"), Shown(created, "createUser.user"));
        Assert.EndsWith("Z", created.Text("createUser.user.createdAt"), StringComparison.Ordinal);
        var token = await _host.LogInAsync("eve");
        Assert.Equal(created.Text("createUser.user.id"), (await _host.AskAsync(token, "{ me { id } }")).Text("me.id"));
        Assert.Equal("USER_EXISTS", (await CreateAsync(_admin, new { userName = "EVE", password = WarehouseHost.Password, role = "BILLER" })).Code);
        Assert.Equal("INVALID_USER", (await CreateAsync(_admin, new { userName = " eve", password = WarehouseHost.Password, role = "BILLER" })).Code);
        Assert.Equal("INVALID_AREA", (await CreateAsync(_admin, new { userName = "fay", password = WarehouseHost.Password, role = "BILLER", area = "no area!" })).Code);
    }

    [Theory]
    [InlineData("short-7", "INVALID_PASSWORD")]
    [InlineData("", "INVALID_PASSWORD")]
    [InlineData("exactly8", null)]
    [InlineData("😀😀😀😀😀😀😀", "INVALID_PASSWORD")]
    [InlineData("😀😀😀😀😀😀😀😀", null)]
    public async Task A_new_password_has_eight_characters_at_least(string password, string? code)
    {
        var dora = await IdAsync("Dora");
        Assert.Equal(code, (await CreateAsync(_admin, new { userName = "eve", password, role = "BILLER" })).Code);
        Assert.Equal(code, (await SetPasswordAsync(_admin, dora, password)).Code);
        Assert.Equal(code, (await ChangePasswordAsync(await _host.LogInAsync("Bill"), WarehouseHost.Password, password)).Code);
    }

    [Fact]
    public async Task A_new_password_has_128_characters_at_most()
    {
        var dora = await IdAsync("Dora");
        Assert.Null((await SetPasswordAsync(_admin, dora, new('x', 128))).Code);
        Assert.Equal("INVALID_PASSWORD", (await SetPasswordAsync(_admin, dora, new('x', 129))).Code);
    }

    [Fact]
    public async Task What_is_left_out_stays_and_a_null_takes_the_area_away()
    {
        var dora = await IdAsync("Dora");
        Assert.Equal(("Dora", "BILLER", "NORTH", "false"), Shown(await ChangeAsync(_admin, new { id = dora, role = "BILLER" }), "changeUser.user"));
        Assert.Equal(("Dora", "BILLER", null, "false"), Shown(await ChangeAsync(_admin, new { id = dora, area = (string?)null }), "changeUser.user"));
        Assert.Equal(("Dora", "BILLER", "WEST", "true"), Shown(await ChangeAsync(_admin, new { id = dora, area = "west", isDisabled = true }), "changeUser.user"));
        Assert.Equal(("Dora", "BILLER", "WEST", "true"), Shown(await ChangeAsync(_admin, new { id = dora }), "changeUser.user"));
        // The same, written into the document.
        var literal = await _host.AskAsync(_admin, $$"""mutation { changeUser(input: { id: "{{dora}}", isDisabled: false }) { {{User}} } }""");
        Assert.Equal(("Dora", "BILLER", "WEST", "false"), Shown(literal, "changeUser.user"));
        literal = await _host.AskAsync(_admin, $$"""mutation { changeUser(input: { id: "{{dora}}", area: null }) { {{User}} } }""");
        Assert.Equal(("Dora", "BILLER", null, "false"), Shown(literal, "changeUser.user"));
    }

    [Theory]
    [InlineData("role: BILLER")]
    [InlineData("area: \"SOUTH\"")]
    [InlineData("area: null")]
    [InlineData("isDisabled: true")]
    public async Task Every_change_ends_the_users_sessions_at_once(string change)
    {
        var token = await _host.LogInAsync("Dora");
        var other = await _host.LogInAsync("Sam");
        var answer = await _host.AskAsync(_admin, $$"""mutation { changeUser(input: { id: "{{await IdAsync("Dora")}}", {{change}} }) { {{User}} } }""");
        Assert.Null(answer.Code);
        Assert.Equal("UNAUTHENTICATED", (await _host.AskAsync(token, "{ me { id } }")).Code);
        Assert.Equal("Sam", (await _host.AskAsync(other, "{ me { userName } }")).Text("me.userName"));
    }

    [Fact]
    public async Task A_disabled_user_cannot_log_in_until_enabled_again()
    {
        var dora = await IdAsync("Dora");
        await ChangeAsync(_admin, new { id = dora, isDisabled = true });
        Assert.Equal("LOGIN_FAILED", (await LogInAsync("Dora", WarehouseHost.Password)).Code);
        await ChangeAsync(_admin, new { id = dora, isDisabled = false });
        Assert.Null((await LogInAsync("Dora", WarehouseHost.Password)).Code);
    }

    [Fact]
    public async Task The_last_admin_stays_admin()
    {
        var ada = await IdAsync("Ada");
        Assert.Equal("LAST_ADMIN", (await ChangeAsync(_admin, new { id = ada, role = "BILLER" })).Code);
        Assert.Equal("LAST_ADMIN", (await ChangeAsync(_admin, new { id = ada, isDisabled = true })).Code);
        Assert.Equal("ADMIN", (await _host.AskAsync(_admin, "{ me { role } }")).Text("me.role"));
        Assert.Equal("USER_NOT_FOUND", (await ChangeAsync(_admin, new { id = "nobody", isDisabled = true })).Code);
    }

    [Fact]
    public async Task An_admin_sets_a_password_and_the_old_one_and_the_sessions_are_gone()
    {
        var token = await _host.LogInAsync("Dora");
        Assert.Equal("Dora", (await SetPasswordAsync(_admin, await IdAsync("Dora"), "another horse")).Text("setPassword.user.userName"));
        Assert.Equal("UNAUTHENTICATED", (await _host.AskAsync(token, "{ me { id } }")).Code);
        Assert.Equal("LOGIN_FAILED", (await LogInAsync("Dora", WarehouseHost.Password)).Code);
        Assert.Null((await LogInAsync("Dora", "another horse")).Code);
    }

    [Fact]
    public async Task A_user_changes_the_own_password_with_the_present_one()
    {
        var (first, second) = (await _host.LogInAsync("Dora"), await _host.LogInAsync("Dora"));
        Assert.Equal("LOGIN_FAILED", (await ChangePasswordAsync(first, "wrong horse", "another horse")).Code);
        Assert.Equal("Dora", (await ChangePasswordAsync(first, WarehouseHost.Password, "another horse")).Text("changePassword.user.userName"));
        foreach (var token in new[] { first, second })
            Assert.Equal("UNAUTHENTICATED", (await _host.AskAsync(token, "{ me { id } }")).Code);
        Assert.Equal("LOGIN_FAILED", (await LogInAsync("Dora", WarehouseHost.Password)).Code);
        Assert.Null((await LogInAsync("Dora", "another horse")).Code);
    }

    [Fact]
    public async Task A_user_logs_out_everywhere()
    {
        var (first, second) = (await _host.LogInAsync("Dora"), await _host.LogInAsync("Dora"));
        Assert.Equal("2", (await _host.AskAsync(first, "mutation { logoutEverywhere { endedSessions } }")).Text("logoutEverywhere.endedSessions"));
        foreach (var token in new[] { first, second })
            Assert.Equal("UNAUTHENTICATED", (await _host.AskAsync(token, "{ me { id } }")).Code);
        Assert.Equal("ADMIN", (await _host.AskAsync(_admin, "{ me { role } }")).Text("me.role"));
    }

    [Fact]
    public async Task Only_admins_log_others_out()
    {
        var (dora, sam) = (await _host.LogInAsync("Dora"), await _host.LogInAsync("Sam"));
        const string LogOut = "mutation($id: ID) { logoutEverywhere(userId: $id) { endedSessions } }";
        Assert.Equal("NOT_ALLOWED", (await _host.AskAsync(dora, LogOut, new { id = await IdAsync("Sam") })).Code);
        Assert.Equal("Sam", (await _host.AskAsync(sam, "{ me { userName } }")).Text("me.userName"));
        Assert.Equal("1", (await _host.AskAsync(_admin, LogOut, new { id = await IdAsync("Sam") })).Text("logoutEverywhere.endedSessions"));
        Assert.Equal("UNAUTHENTICATED", (await _host.AskAsync(sam, "{ me { userName } }")).Code);
        Assert.Equal("USER_NOT_FOUND", (await _host.AskAsync(_admin, LogOut, new { id = "nobody" })).Code);
        Assert.Equal("1", (await _host.AskAsync(_admin, LogOut, new { id = (string?)null })).Text("logoutEverywhere.endedSessions"));
    }

    [Fact]
    public async Task Users_are_listed_by_name_in_pages()
    {
        const string List = "query($role: UserRole, $after: String) { users(role: $role, first: 3, after: $after) { nodes { userName } edges { cursor node { userName } } pageInfo { hasNextPage endCursor } } }";
        var page = await _host.AskAsync(_admin, List);
        Assert.Equal(("Ada", "Bill", "Dora", "true"), (page.Text("users.nodes.0.userName"), page.Text("users.edges.1.node.userName"), page.Text("users.nodes.2.userName"), page.Text("users.pageInfo.hasNextPage")));
        var next = await _host.AskAsync(_admin, List, new { after = page.Text("users.pageInfo.endCursor") });
        Assert.Equal(("Sam", "false"), (next.Text("users.nodes.0.userName"), next.Text("users.pageInfo.hasNextPage")));
        var dispatchers = await _host.AskAsync(_admin, List, new { role = "DISPATCHER" });
        Assert.Equal(("Dora", "Sam", "false"), (dispatchers.Text("users.nodes.0.userName"), dispatchers.Text("users.nodes.1.userName"), dispatchers.Text("users.pageInfo.hasNextPage")));
        Assert.Equal("INVALID_CURSOR", (await _host.AskAsync(_admin, List, new { role = "DISPATCHER", after = page.Text("users.pageInfo.endCursor") })).Code);
    }

    [Fact]
    public async Task Who_is_no_admin_sees_only_the_own_user_and_manages_none()
    {
        var dora = await IdAsync("Dora");
        foreach (var name in new[] { "Dora", "Bill" })
        {
            var token = await _host.LogInAsync(name);
            Assert.Equal(name == "Dora" ? "Dora" : null, (await _host.AskAsync(token, $$"""{ user(id: "{{dora}}") { userName } }""")).Data.GetProperty("user") is { ValueKind: System.Text.Json.JsonValueKind.Object } user ? user.GetProperty("userName").GetString() : null);
            Assert.Equal("NOT_ALLOWED", (await _host.AskAsync(token, "{ users { nodes { id } } }")).Code);
            Assert.Equal("NOT_ALLOWED", (await CreateAsync(token, new { userName = "eve", password = WarehouseHost.Password, role = "ADMIN" })).Code);
            Assert.Equal("NOT_ALLOWED", (await ChangeAsync(token, new { id = dora, role = "ADMIN" })).Code);
            Assert.Equal("NOT_ALLOWED", (await SetPasswordAsync(token, dora, "another horse")).Code);
        }

        Assert.Equal("DISPATCHER", (await _host.AskAsync(_admin, $$"""{ user(id: "{{dora}}") { role } }""")).Text("user.role"));
        Assert.Null((await _host.AskAsync(_admin, """{ user(id: "nobody") { role } }""")).Text("user"));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static (string? Name, string? Role, string? Area, string? IsDisabled) Shown(Reply reply, string path) =>
        (reply.Text($"{path}.userName"), reply.Text($"{path}.role"), reply.Text($"{path}.area"), reply.Text($"{path}.isDisabled"));

    private async Task<string> IdAsync(string name)
    {
        var users = (await _host.AskAsync(_admin, "{ users { nodes { id userName } } }")).Data.GetProperty("users").GetProperty("nodes");
        return users.EnumerateArray().Single(user => user.GetProperty("userName").GetString() == name).GetProperty("id").GetString()!;
    }

    private Task<Reply> LogInAsync(string n, string p) =>
        _host.AskAsync(null, "mutation($n: String!, $p: String!) { login(userName: $n, password: $p) { token } }", new { n, p });

    private Task<Reply> CreateAsync(string token, object input) =>
        _host.AskAsync(token, $$"""mutation($input: CreateUserInput!) { createUser(input: $input) { {{User}} } }""", new { input });

    private Task<Reply> ChangeAsync(string token, object input) =>
        _host.AskAsync(token, $$"""mutation($input: ChangeUserInput!) { changeUser(input: $input) { {{User}} } }""", new { input });

    private Task<Reply> SetPasswordAsync(string token, string id, string password) =>
        _host.AskAsync(token, $$"""mutation($input: SetPasswordInput!) { setPassword(input: $input) { {{User}} } }""", new { input = new { id, password } });

    private Task<Reply> ChangePasswordAsync(string token, string currentPassword, string newPassword) =>
        _host.AskAsync(token, $$"""mutation($input: ChangePasswordInput!) { changePassword(input: $input) { {{User}} } }""", new { input = new { currentPassword, newPassword } });
}
