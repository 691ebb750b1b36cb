using GraphQLHost.Engines;
using GraphQLHost.Http;
using GraphQLHost.Resolvers.Users;
using Microsoft.AspNetCore.Identity;
using TraceTrack.Users;

namespace GraphQLHost.Resolvers;

internal static class TraceTrackGraphQLExtensions
{
    /// <summary>Everything that serves TraceTrack by GraphQL. Add TraceTrack itself, with a store, beside it; then <c>app.MapGraphQL(path)</c>.</summary>
    public static IServiceCollection AddTraceTrackGraphQL(this IServiceCollection services, Action<GraphQLLimits>? configure = null) => services
        .AddGraphQLHttp(configure)
        .AddGraphQLEngine(TraceTrackTable.ReadSchema(), TraceTrackTable.Create())
        .AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>()
        .AddSingleton<PasswordLogin>()
        .AddSingleton<IAuthenticator, SessionAuthenticator>();
}
