using System.Security.Claims;

namespace GraphQLHost.Identity;

/// <summary>Whom the host trusts to say who asks, and which claims say it.</summary>
public sealed class IdentitySettings
{
    /// <summary>The scheme of TraceTrack's own users: bearer tokens of login sessions.</summary>
    public const string OwnScheme = "TraceTrack";

    /// <value>
    /// The ASP.NET Core authentication scheme that is trusted; TraceTrack's own by default. With another one, the application adds it to the
    /// services, tokens of ours open nothing, and the fields that log in and out answer LOGIN_DISABLED.
    /// </value>
    public string Scheme { get; set; } = OwnScheme;

    /// <value>The claim that becomes the actor's id.</value>
    public string IdClaim { get; set; } = ClaimTypes.NameIdentifier;

    /// <value>The claim that becomes the role: Admin, Biller or Dispatcher, in any case. Name one that holds nothing else.</value>
    public string RoleClaim { get; set; } = ClaimTypes.Role;

    /// <value>The claim that becomes the area.</value>
    public string AreaClaim { get; set; } = "area";

    internal bool IsOwn => Scheme == OwnScheme;
}
