namespace GraphQLHost.Bulk;

internal static class BulkHttpExtensions
{
    public const string ImportPath = "/import";
    public const string ExportPath = "/export";

    /// <summary>Files of bags in and out. TraceTrack itself and what serves GraphQL stand beside it.</summary>
    public static IServiceCollection AddBulkHttp(this IServiceCollection services, Action<ImportLimits>? configure = null)
    {
        var limits = new ImportLimits();
        configure?.Invoke(limits);
        limits.Check();
        return services
            .AddSingleton(limits)
            .AddSingleton<BulkRequests>()
            .AddSingleton<ImportHandler>()
            .AddSingleton<ExportHandler>();
    }

    /// <summary>Whatever the method: which ones work is answered there.</summary>
    public static void MapBulk(this IEndpointRouteBuilder routes)
    {
        routes.Map(ImportPath, routes.ServiceProvider.GetRequiredService<ImportHandler>().HandleAsync);
        routes.Map(ExportPath, routes.ServiceProvider.GetRequiredService<ExportHandler>().HandleAsync);
    }
}
