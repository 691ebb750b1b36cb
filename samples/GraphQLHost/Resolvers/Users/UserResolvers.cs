using GraphQLHost.Engines;
using TraceTrack.Paging;
using TraceTrack.Users;

namespace GraphQLHost.Resolvers.Users;

internal static class UserResolvers
{
    public static void Bind(ResolverTable table, Loaders loaders)
    {
        table.Enum<UserRole>("UserRole");
        table.Type<User>("User").Field("userName", user => user.Name);
        Connections.Bind<User>(table, "User");
        table.Type<UserPayload>("UserPayload");
        table.Query("me", (_, context) => context.Tracker().Users.FindAsync(context.Actor!.Id, context.CancellationToken))
            .Query("user", loaders.UserById, arguments => arguments.Id("id"))
            .Query("userByName", (arguments, context) => context.Tracker().Users.FindByNameAsync(arguments.Text("userName"), context.CancellationToken))
            .Query("users", List);
        table.Mutation("createUser", Create).Mutation("changeUser", Change).Mutation("setPassword", SetPassword);
    }

    private static ValueTask<Page<User>> List(Arguments arguments, RequestContext context) =>
        context.Tracker().Users.ListAsync(arguments.ChoiceOrNull<UserRole>("role"), arguments.Page(), context.CancellationToken);

    private static async ValueTask<UserPayload> Create(Arguments arguments, RequestContext context)
    {
        var input = arguments.Input("input");
        var hash = await HashAsync(input, context);
        var user = new NewUser(input.Text("userName"), input.Choice<UserRole>("role"), input.TextOrNull("area"), hash);
        return new(await context.Tracker().Users.CreateAsync(user, context.CancellationToken));
    }

    private static async ValueTask<UserPayload> Change(Arguments arguments, RequestContext context)
    {
        var input = arguments.Input("input");
        var change = new UserChange
        {
            Role = input.ChoiceOrNull<UserRole>("role"),
            Area = input.IsGiven("area") ? AreaChange.To(input.TextOrNull("area")) : AreaChange.Keep,
            IsDisabled = input.FlagOrNull("isDisabled"),
        };
        return new(await context.Tracker().Users.ChangeAsync(input.Id("id"), change, context.CancellationToken));
    }

    private static async ValueTask<UserPayload> SetPassword(Arguments arguments, RequestContext context)
    {
        var input = arguments.Input("input");
        var change = new UserChange { PasswordHash = await HashAsync(input, context) };
        return new(await context.Tracker().Users.ChangeAsync(input.Id("id"), change, context.CancellationToken));
    }

    private static ValueTask<string> HashAsync(Arguments input, RequestContext context) =>
        context.Service<PasswordLogin>().HashGivenAsync(context.Actor!, input.Text("password"), context.CancellationToken);

    internal sealed record UserPayload(User User);
}
