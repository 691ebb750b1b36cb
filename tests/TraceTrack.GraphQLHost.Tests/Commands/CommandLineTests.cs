using GraphQLHost.Commands;
using GraphQLHost.Users;

namespace TraceTrack.GraphQLHost.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("")]
    [InlineData("--bags 1000 --urls http://127.0.0.1:0 --data /tmp/x")]
    [InlineData("--bags 0")]
    [InlineData("--urls http://*:8080;http://[::1]:8081")]
    [InlineData("migrate --script")]
    [InlineData("migrate --data /tmp/x")]
    [InlineData("optimize")]
    [InlineData("reconcile")]
    [InlineData("reset-admin")]
    [InlineData("export bags.csv")]
    [InlineData("generate bags.csv --bags 1000 --dirt 0.05 --seed 7 --offset 1000000 --shuffle 500")]
    public void Is_understood(string line) => Assert.Empty(CommandLine.Build().Parse(line).Errors);

    [Theory]
    [InlineData("--bags -1", "--bags takes a number")]
    [InlineData("--bags many", "not 'many'")]
    [InlineData("--bags 99999999999", "--bags takes")]
    [InlineData("--bags", "--bags")]
    [InlineData("--urls nonsense", "--urls takes addresses")]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("import", "import")]
    [InlineData("import /does/not/exist.csv", "/does/not/exist.csv")]
    [InlineData("export", "export")]
    [InlineData("generate bags.csv --dirt 1.5", "--dirt takes a number from 0 to 1")]
    [InlineData("generate bags.csv --bags 0", "--bags takes a number from 1")]
    public void Is_refused_with_the_reason(string line, string reason) =>
        Assert.Contains(CommandLine.Build().Parse(line).Errors, error => error.Message.Contains(reason, StringComparison.Ordinal));

    [Fact]
    public async Task What_is_printed_at_the_end_holds_a_made_password_and_never_the_variable_s()
    {
        var made = new StringWriter();
        await ReadyText.WriteAsync(made, "http://127.0.0.1:5080", new AdminAccount(AdminPassword.JustMade, "abc23", "hash"));
        Assert.StartsWith("Ready: http://127.0.0.1:5080/graphql", made.ToString(), StringComparison.Ordinal);
        Assert.Contains("""{"p":"abc23"}""", made.ToString(), StringComparison.Ordinal);

        var variable = new StringWriter();
        await ReadyText.WriteAsync(variable, "http://127.0.0.1:5080", new AdminAccount(AdminPassword.FromVariable, null, "hash"));
        Assert.Contains("""{"p":"'"$TRACETRACK_ADMIN_PASSWORD"'"}""", variable.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://[::]:5080", "http://127.0.0.1:5080")]
    [InlineData("http://0.0.0.0:5080/", "http://127.0.0.1:5080")]
    [InlineData("http://localhost:5080", "http://localhost:5080")]
    public void An_address_for_all_is_shown_as_one_that_works(string url, string shown) => Assert.Equal(shown, ListenAddress.ForPeople(url));
}
