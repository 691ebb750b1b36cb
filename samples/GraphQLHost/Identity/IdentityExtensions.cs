using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TraceTrack.Users;

namespace GraphQLHost.Identity;

internal static class IdentityExtensions
{
    /// <summary>Says whom the host trusts. TraceTrack's own scheme is added; another one is the application's to add.</summary>
    public static IServiceCollection AddIdentity(this IServiceCollection services, IdentitySettings? settings)
    {
        services.TryAddSingleton(settings ?? new());
        services.AddWebEncoders();
        return services.AddAuthenticationCore(authentication =>
        {
            if (settings is null or { IsOwn: true })
                authentication.AddScheme<SessionAuthenticationHandler>(IdentitySettings.OwnScheme, displayName: null);
        });
    }

    /// <summary>A scheme that nobody added would refuse everybody, and not before the first request.</summary>
    /// <exception cref="InvalidOperationException">The trusted scheme does not exist.</exception>
    public static void CheckIdentity(this IServiceProvider services)
    {
        var scheme = services.GetRequiredService<IdentitySettings>().Scheme;
        if (!services.GetRequiredService<IOptions<AuthenticationOptions>>().Value.SchemeMap.ContainsKey(scheme))
            throw new InvalidOperationException($"HostSettings.Identity.Scheme is {scheme}, and there is no such authentication scheme. Add it in HostSettings.Configure.");
    }

    /// <returns>Null for nobody.</returns>
    public static async ValueTask<Actor?> AuthenticateActorAsync(this HttpContext http, IdentitySettings settings)
    {
        if (http.Features.Get<Actor>() is { } known)
            return known;
        var result = await http.AuthenticateAsync(settings.Scheme);
        if (result.Failure is IdentityUnavailableException unavailable)
            ExceptionDispatchInfo.Throw(unavailable.Cause);
        var actor = ActorClaims.ToActor(result.Principal, settings);
        http.Features.Set(actor);
        return actor;
    }

    /// <summary>Asks once more, for a request that lasts: ASP.NET Core authenticates a request once, so this is done as for another one with the same headers.</summary>
    /// <returns>Null for nobody: the session has ended, or a token expired.</returns>
    public static async ValueTask<Actor?> AuthenticateAgainAsync(this HttpContext http, IdentitySettings settings)
    {
        await using var scope = http.RequestServices.CreateAsyncScope();
        var again = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        again.Features.Set(http.Features.Get<IHttpRequestFeature>());
        again.Features.Set(http.Features.Get<IHttpConnectionFeature>());
        again.Features.Set(http.Features.Get<ITlsConnectionFeature>());
        again.Features.Set(http.Features.Get<IHttpRequestLifetimeFeature>());
        return await again.AuthenticateActorAsync(settings);
    }
}
