using GraphQLHost.Users;

namespace GraphQLHost.Commands;

/// <summary>What is printed when the host answers: lines to paste into a shell.</summary>
internal static class ReadyText
{
    private const string LogIn = """{"query":"mutation($p: String!) { login(userName: \"admin\", password: $p) { token } }","variables":{"p":"PASSWORD"}}""";

    private const string Query =
        """{"query":"{ totals { bags parents children } bags(first: 1, filter: { kind: PARENT }) { nodes { qr area childCount children { qr } } } }"}""";

    public static async Task WriteAsync(TextWriter output, string url, AdminAccount admin)
    {
        var address = url + HostApplication.GraphQLPath;
        await output.WriteLineAsync($"""
            Ready: {address}
            The page to work with, in a browser: {url}/
            # Log in{Hint(admin)}:
            TOKEN=$(curl -s {address} -H 'Content-Type: application/json' -d '{LogIn.Replace("PASSWORD", Password(admin), StringComparison.Ordinal)}' | sed -E 's/.*"token":"([^"]+)".*/\1/')
            # Ask for the totals and a parent with its children:
            curl -s {address} -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{Query}'
            """);
        await output.FlushAsync();
    }

    // Made passwords are letters and digits. The variable's stays out of what is printed: the shell puts it in.
    private static string Password(AdminAccount admin) => admin.Origin switch
    {
        AdminPassword.JustMade => admin.Password!,
        AdminPassword.FromVariable => $"""'"${FirstAdmin.PasswordVariable}"'""",
        _ => "PASSWORD",
    };

    private static string Hint(AdminAccount admin) => admin.Origin switch
    {
        AdminPassword.FromVariable => $" (where {FirstAdmin.PasswordVariable} is set)",
        AdminPassword.SetEarlier => " (put the password in; ./run reset-admin makes a new one)",
        _ => "",
    };
}
