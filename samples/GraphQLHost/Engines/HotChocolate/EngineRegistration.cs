using GraphQLHost.Engines.HotChocolate;
using HotChocolate.AspNetCore;

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

    /// <summary>In Development, a browser that opens the endpoint gets Nitro, HotChocolate's tool to write and try queries with.</summary>
    public static void UseGraphQLTool(this WebApplication app, string path)
    {
        if (!app.Environment.IsDevelopment())
            return;
        var tool = path + "/ui";
        app.Use((context, next) =>
        {
            var request = context.Request;
            // Nitro's page holds scripts and styles inside, which the host's policy for pages forbids.
            if (request.Path.StartsWithSegments(tool))
                context.Response.Headers.ContentSecurityPolicy = default;
            if (!HttpMethods.IsGet(request.Method) || request.Path != path || request.Query.Count > 0
                || !request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            {
                return next(context);
            }

            context.Response.Redirect(request.PathBase + tool + "/");
            return Task.CompletedTask;
        });
        // Embedded: the page comes from this host, and asks nobody else.
        app.MapNitroApp(tool).WithOptions(new GraphQLToolOptions
        {
            Title = "TraceTrack",
            ServeMode = GraphQLToolServeMode.Embedded,
            GraphQLEndpoint = "..",
            UseBrowserUrlAsGraphQLEndpoint = false,
            DisableTelemetry = true,
        });
    }
}
