using GraphQLHost.Engines;
using GraphQLHost.Http;
using GraphQLHost.Identity;
using GraphQLHost.Live;
using GraphQLHost.Observability;
using GraphQLHost.Resolvers.Users;
using GraphQLHost.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TraceTrack.Users;

namespace GraphQLHost.Resolvers;

internal static class TraceTrackGraphQLExtensions
{
    /// <summary>Everything that serves TraceTrack by GraphQL. Add TraceTrack itself, with a store, beside it; then <c>app.MapGraphQL(path)</c>.</summary>
    public static IServiceCollection AddTraceTrackGraphQL(
        this IServiceCollection services, Action<GraphQLLimits>? configure = null, IdentitySettings? identity = null)
    {
        services.TryAddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        services.TryAddSingleton(new PasswordLimits());
        return services
            .AddIdentity(identity)
            .AddGraphQLHttp(configure)
            .AddGraphQLEngine(TraceTrackTable.ReadSchema(), TraceTrackTable.Create())
            .AddSingleton<LiveFeed>()
            .AddSingleton<PoolWatch>()
            .AddSingleton<HostFigures>()
            .AddSingleton<PasswordGate>()
            .AddSingleton<PasswordLogin>();
    }
}
