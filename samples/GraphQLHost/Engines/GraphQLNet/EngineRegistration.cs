using GraphQLHost.Engines.GraphQLNet;

namespace GraphQLHost.Engines;

/// <summary>Each engine has one, of this name: the project's property GraphQLEngine says which is compiled.</summary>
internal static class EngineRegistration
{
    /// <param name="services">The host's services.</param>
    /// <param name="sdl">The schema.</param>
    /// <param name="table">Its resolvers.</param>
    public static IServiceCollection AddGraphQLEngine(this IServiceCollection services, string sdl, ResolverTable table) =>
        services.AddSingleton<IGraphQLEngine>(provider => new GraphQLNetEngine(
            sdl, table, provider.GetRequiredService<GraphQLLimits>(), provider.GetRequiredService<ErrorTranslator>()));

    /// <summary>GraphQL.NET brings no tool for browsers.</summary>
    public static void UseGraphQLTool(this WebApplication app, string path) => _ = (app, path);
}
