using System.Threading.RateLimiting;
using GraphQLHost.Http;
using GraphQLHost.Identity;
using Microsoft.AspNetCore.RateLimiting;
using TraceTrack.Users;

namespace GraphQLHost.RateLimits;

/// <summary>ASP.NET Core's limiter, by who asks: the user, or the address of who is nobody.</summary>
internal sealed class CallerRateLimit(RateLimitSettings settings) : IRateLimiterPolicy<string>
{
    public const string Name = "caller";

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => RefuseAsync;

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) =>
        PartitionOf(settings, httpContext.Features.Get<Actor>(), httpContext.Connection.RemoteIpAddress?.ToString());

    /// <summary>A bucket for who asks.</summary>
    public static RateLimitPartition<string> PartitionOf(RateLimitSettings settings, Actor? actor, string? address) => actor is not null
        ? Bucket($"user {actor.Id}", settings.UserPerSecond, settings.UserBurst)
        : Bucket($"address {address}", settings.AnonymousPerSecond, settings.AnonymousBurst);

    /// <summary>Finds out who asks before the limiter wants to know; the limiter itself cannot wait for that.</summary>
    public static async Task FindActorAsync(HttpContext http, RequestDelegate next, IdentitySettings identity)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>() is not null)
        {
            try
            {
                await http.AuthenticateActorAsync(identity);
            }
            catch (Exception)
            {
                // Told by the endpoint, which gets the same result: ASP.NET Core authenticates a request once.
            }
        }

        await next(http);
    }

    private static RateLimitPartition<string> Bucket(string key, int perSecond, int burst) => perSecond == 0
        ? RateLimitPartition.GetNoLimiter(key)
        : RateLimitPartition.GetTokenBucketLimiter(key, _ => new()
        {
            TokenLimit = burst,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        });

    private static ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var wait = RateLimited.WaitOf(rejected.Lease);
        var response = rejected.HttpContext.Response;
        response.Headers.RetryAfter = RateLimited.Header(wait);
        return ResponseWriter.WriteAsync(response, StatusCodes.Status429TooManyRequests, MediaTypes.Json, RateLimited.Error(wait), cancellationToken);
    }
}
