using GraphQLHost.Engines;
using TraceTrack;
using TraceTrack.Users;

namespace GraphQLHost.Resolvers.Users;

internal static class UserResolvers
{
    public static void Bind(ResolverTable table)
    {
        table.Enum<UserRole>("UserRole");
        table.Type<User>("User").Field("userName", user => user.Name);
        table.Type<LoginTicket>("LoginPayload")
            .Field("expiresAt", ticket => ticket.Session.ExpiresAt)
            .Field("user", ticket => ticket.Session.User);
        table.Type<LogoutPayload>("LogoutPayload");
        table.Query("me", (_, context) => context.Tracker().Users.FindAsync(context.Actor!.Id, context.CancellationToken));
        table.Mutation("login", LogIn).Anonymous(ResolverTable.MutationType, "login");
        table.Mutation("logout", LogOut);
    }

    private static ValueTask<LoginTicket> LogIn(Arguments arguments, RequestContext context) =>
        context.Service<PasswordLogin>().LogInAsync(arguments.Text("userName"), arguments.Text("password"), context.CancellationToken);

    private static async ValueTask<LogoutPayload> LogOut(Arguments arguments, RequestContext context)
    {
        await context.Service<ITraceTrack>().As(Actor.System).Users.EndSessionAsync(context.Token!, context.CancellationToken);
        return new(LoggedOut: true);
    }

    private sealed record LogoutPayload(bool LoggedOut);
}
