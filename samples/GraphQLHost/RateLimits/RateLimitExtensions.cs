using GraphQLHost.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GraphQLHost.RateLimits;

internal static class RateLimitExtensions
{
    /// <summary>Endpoints opt in: <c>RequireRateLimiting(CallerRateLimit.Name)</c>.</summary>
    public static IServiceCollection AddRateLimits(this IServiceCollection services, RateLimitSettings settings)
    {
        settings.Check();
        services.TryAddSingleton(settings);
        return services.AddRateLimiter(limiter => limiter.AddPolicy<string, CallerRateLimit>(CallerRateLimit.Name));
    }

    public static void UseRateLimits(this WebApplication app)
    {
        var identity = app.Services.GetRequiredService<IdentitySettings>();
        app.Use(next => http => CallerRateLimit.FindActorAsync(http, next, identity));
        app.UseRateLimiter();
    }
}
