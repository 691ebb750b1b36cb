using GraphQLHost.Engines;
using GraphQLHost.RateLimits;
using TraceTrack;
using TraceTrack.Users;

namespace GraphQLHost.Resolvers.Users;

/// <summary>What users do about their own sessions and passwords.</summary>
internal static class SessionResolvers
{
    public static void Bind(ResolverTable table)
    {
        table.Type<LoginTicket>("LoginPayload")
            .Field("expiresAt", ticket => ticket.Session.ExpiresAt)
            .Field("user", ticket => ticket.Session.User);
        table.Type<LogoutPayload>("LogoutPayload");
        table.Type<LogoutEverywherePayload>("LogoutEverywherePayload");
        table.Mutation("login", LogIn).Anonymous(ResolverTable.MutationType, "login");
        table.Mutation("logout", LogOut).Mutation("logoutEverywhere", LogOutEverywhere).Mutation("changePassword", ChangePassword);
    }

    private static ValueTask<LoginTicket> LogIn(Arguments arguments, RequestContext context)
    {
        context.Service<LoginRateLimit>().Demand(arguments.Text("userName"), context);
        return Login(context).LogInAsync(arguments.Text("userName"), arguments.Text("password"), context.CancellationToken);
    }

    private static async ValueTask<LogoutPayload> LogOut(Arguments arguments, RequestContext context)
    {
        Login(context).DemandOwnUsers();
        await context.Service<ITraceTrack>().As(Actor.System).Users.EndSessionAsync(context.Token!, context.CancellationToken);
        return new(LoggedOut: true);
    }

    private static async ValueTask<LogoutEverywherePayload> LogOutEverywhere(Arguments arguments, RequestContext context)
    {
        Login(context).DemandOwnUsers();
        var user = arguments.Has("userId") ? arguments.Id("userId") : context.Actor!.Id;
        return new(await context.Tracker().Users.EndSessionsAsync(user, context.CancellationToken));
    }

    private static async ValueTask<UserResolvers.UserPayload> ChangePassword(Arguments arguments, RequestContext context)
    {
        var input = arguments.Input("input");
        context.Service<LoginRateLimit>().Demand(context.Actor!.Id, context);
        return new(await Login(context).ChangeOwnAsync(
            context.Tracker(), input.Text("currentPassword"), input.Text("newPassword"), context.CancellationToken));
    }

    private static PasswordLogin Login(RequestContext context) => context.Service<PasswordLogin>();

    private sealed record LogoutPayload(bool LoggedOut);

    private sealed record LogoutEverywherePayload(int EndedSessions);
}
