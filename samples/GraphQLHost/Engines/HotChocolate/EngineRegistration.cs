using GraphQLHost.Engines.HotChocolate;

namespace GraphQLHost.Engines;

/// <summary>Each engine has one, of this name: the project's property GraphQLEngine says which is compiled.</summary>
internal static class EngineRegistration
{
    /// <param name="services">The host's services.</param>
    /// <param name="sdl">The schema.</param>
    /// <param name="table">Its resolvers.</param>
    public static IServiceCollection AddGraphQLEngine(this IServiceCollection services, string sdl, ResolverTable table) =>
        services.AddSingleton<IGraphQLEngine>(provider => new HotChocolateEngine(
            sdl, table, provider.GetRequiredService<GraphQLLimits>(), provider.GetRequiredService<ErrorTranslator>()));
}
