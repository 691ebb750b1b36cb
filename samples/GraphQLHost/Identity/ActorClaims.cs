using System.Security.Claims;
using TraceTrack;
using TraceTrack.Users;

namespace GraphQLHost.Identity;

/// <summary>The one place where somebody whom ASP.NET Core authenticated becomes somebody who acts. What is not clear becomes nobody.</summary>
internal static class ActorClaims
{
    private static readonly Dictionary<string, UserRole> Roles =
        Enum.GetValues<UserRole>().ToDictionary(role => role.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <returns>
    /// Null for nobody: not authenticated, no id, no role, a role or area that does not exist, or two of one of them that contradict each other.
    /// </returns>
    public static Actor? ToActor(ClaimsPrincipal? principal, IdentitySettings settings)
    {
        // Claims of an identity that nobody vouches for are worth nothing.
        var claims = principal?.Identities.Where(identity => identity.IsAuthenticated).SelectMany(identity => identity.Claims).ToArray() ?? [];
        string[] ids = [.. Values(claims, settings.IdClaim).Distinct(StringComparer.Ordinal)];
        UserRole?[] roles = [.. Values(claims, settings.RoleClaim).Select(Role).Distinct()];
        if (ids is not [var id] || roles is not [{ } role] || Area(Values(claims, settings.AreaClaim)) is not { IsClear: true, Area: var area })
            return null;
        try
        {
            return new(id, role, area);
        }
        catch (InvalidInputException)
        {
            return null;
        }
    }

    /// <summary>A user of TraceTrack's own, as claims that <see cref="ToActor"/> reads back.</summary>
    public static ClaimsPrincipal ToPrincipal(User user, IdentitySettings settings)
    {
        var identity = new ClaimsIdentity(settings.Scheme, ClaimTypes.Name, settings.RoleClaim);
        identity.AddClaim(new(settings.IdClaim, user.Id));
        identity.AddClaim(new(ClaimTypes.Name, user.Name));
        identity.AddClaim(new(settings.RoleClaim, user.Role.ToString()));
        if (user.Area is { } area)
            identity.AddClaim(new(settings.AreaClaim, area));
        return new(identity);
    }

    private static IEnumerable<string> Values(IEnumerable<Claim> claims, string type) => claims.Where(claim => claim.Type == type).Select(claim => claim.Value);

    // By name only: a number is no role, although the enum would take it.
    private static UserRole? Role(string name) => Roles.TryGetValue(name, out var role) ? role : null;

    private static (bool IsClear, string? Area) Area(IEnumerable<string> values)
    {
        var areas = new HashSet<string?>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            if (!TraceTrack.Area.TryNormalize(value, out var area))
                return (false, null);
            areas.Add(area);
        }

        return (areas.Count < 2, areas.FirstOrDefault());
    }
}
