using GraphQLHost.Users;
using Microsoft.AspNetCore.Identity;
using TraceTrack.Users;

namespace GraphQLHost.Commands;

internal static class ResetAdminCommand
{
    public static async Task<int> RunAsync(StoreSession session, CancellationToken cancellationToken)
    {
        var account = await Admin(session).ResetAsync(cancellationToken);
        await Console.Out.WriteLineAsync(account.Origin switch
        {
            AdminPassword.JustMade => $"User {FirstAdmin.Name}, password {account.Password} (shown only now).",
            AdminPassword.FromVariable => $"User {FirstAdmin.Name} has the password in {FirstAdmin.PasswordVariable}.",
            _ => throw new CommandFailedException($"User {FirstAdmin.Name} was created by another process just now; try again."),
        });
        return Failures.Ok;
    }

    public static FirstAdmin Admin(StoreSession session) => new(
        session.TraceTrack, session.Services.GetRequiredService<IPasswordHasher<User>>(), Environment.GetEnvironmentVariable);
}
