using System.Security.Claims;
using TraceTrack;
using TraceTrack.Users;

namespace OwnIdentity;

/// <summary>The team's people, in the team's own words. Stands for a directory or a single sign-on; TraceTrack never sees it.</summary>
public static class Staff
{
    private const string Job = "job";
    private const string Hall = "hall";

    private static readonly Dictionary<string, (string Number, string Job, string? Hall)> Badges = new(StringComparer.Ordinal)
    {
        ["badge-1"] = ("p-4711", "picker", "North"),
        ["badge-2"] = ("p-4712", "picker", "South"),
        ["badge-3"] = ("p-0815", "shipping clerk", null),
        ["badge-4"] = ("p-0001", "shift lead", null),
        ["badge-5"] = ("p-0042", "cook", "Canteen"),
    };

    /// <summary>Who carries a badge, as claims; null for an unknown one.</summary>
    public static ClaimsPrincipal? Find(string badge, string scheme)
    {
        if (!Badges.TryGetValue(badge, out var person))
            return null;
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, person.Number), new(Job, person.Job)], scheme);
        if (person.Hall is { } hall)
            identity.AddClaim(new(Hall, hall));
        return new(identity);
    }

    /// <summary>The one place where the team's people become actors. Null for who has no business in the warehouse: fail closed.</summary>
    public static Actor? ToActor(ClaimsPrincipal person)
    {
        UserRole? role = person.FindFirstValue(Job) switch
        {
            "picker" => UserRole.Dispatcher,
            "shipping clerk" => UserRole.Biller,
            "shift lead" => UserRole.Admin,
            _ => null,
        };
        var number = person.FindFirstValue(ClaimTypes.NameIdentifier);
        return role is null || number is null || !Area.TryNormalize(person.FindFirstValue(Hall), out var area) ? null : new(number, role.Value, area);
    }
}
