using System.Security.Claims;
using GraphQLHost.Identity;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests.Identity;

/// <summary>Who is not clearly somebody is nobody.</summary>
public sealed class ActorClaimsTests
{
    private const string Id = ClaimTypes.NameIdentifier;
    private const string Role = ClaimTypes.Role;
    private const string Area = "area";

    private static readonly IdentitySettings Settings = new();

    public static TheoryData<string, string[], Actor> Somebody() => new()
    {
        { "admin", [Id + "=u1", Role + "=Admin"], new("u1", UserRole.Admin) },
        { "role in any case", [Id + "=u1", Role + "=dispatcher", Area + "=north"], new("u1", UserRole.Dispatcher, "NORTH") },
        { "said twice", [Id + "=u1", Id + "=u1", Role + "=Biller", Role + "=BILLER", Area + "=A1", Area + "=a1"], new("u1", UserRole.Biller, "A1") },
        { "blank area", [Id + "=u1", Role + "=Biller", Area + "= "], new("u1", UserRole.Biller) },
        { "other claims", [Id + "=u1", Role + "=Biller", "scope=all", "department=Admin"], new("u1", UserRole.Biller) },
    };

    public static TheoryData<string, string[]> Nobody() => new()
    {
        { "nothing", [] },
        { "no id", [Role + "=Admin"] },
        { "blank id", [Id + "= ", Role + "=Admin"] },
        { "id too long", [Id + "=" + new string('x', 65), Role + "=Admin"] },
        { "two ids", [Id + "=u1", Id + "=u2", Role + "=Admin"] },
        { "no role", [Id + "=u1"] },
        { "unknown role", [Id + "=u1", Role + "=Wizard"] },
        { "role by number", [Id + "=u1", Role + "=1"] },
        { "two roles", [Id + "=u1", Role + "=Admin", Role + "=Dispatcher"] },
        { "a role and an unknown one", [Id + "=u1", Role + "=Biller", Role + "=Wizard"] },
        { "no area", [Id + "=u1", Role + "=Dispatcher", Area + "=not an area!"] },
        { "two areas", [Id + "=u1", Role + "=Dispatcher", Area + "=NORTH", Area + "=SOUTH"] },
        { "an area and none", [Id + "=u1", Role + "=Dispatcher", Area + "=NORTH", Area + "="] },
    };

    [Theory]
    [MemberData(nameof(Somebody))]
    public void Clear_claims_make_an_actor(string name, string[] claims, Actor actor)
    {
        Assert.NotEmpty(name);
        Assert.Equal(actor, ActorClaims.ToActor(Principal(claims, "any"), Settings));
    }

    [Theory]
    [MemberData(nameof(Nobody))]
    public void Unclear_claims_make_nobody(string name, string[] claims)
    {
        Assert.NotEmpty(name);
        Assert.Null(ActorClaims.ToActor(Principal(claims, "any"), Settings));
    }

    [Fact]
    public void Claims_that_nobody_vouches_for_are_worth_nothing()
    {
        string[] admin = [Id + "=u1", Role + "=Admin"];
        Assert.Null(ActorClaims.ToActor(null, Settings));
        Assert.Null(ActorClaims.ToActor(new(), Settings));
        Assert.Null(ActorClaims.ToActor(Principal(admin, authenticationType: null), Settings));
        var both = Principal([Id + "=u2", Role + "=Biller"], "any");
        both.AddIdentity((ClaimsIdentity)Principal(admin, authenticationType: null).Identity!);
        Assert.Equal(new("u2", UserRole.Biller), ActorClaims.ToActor(both, Settings));
    }

    [Fact]
    public void The_claims_have_the_names_that_the_settings_give_them()
    {
        var settings = new IdentitySettings { Scheme = "theirs", IdClaim = "sub", RoleClaim = "warehouse_role", AreaClaim = "hall" };
        var principal = Principal(["sub=u1", "warehouse_role=Dispatcher", "hall=A1", Role + "=Admin", Id + "=other", Area + "=B2"], "theirs");
        Assert.Equal(new("u1", UserRole.Dispatcher, "A1"), ActorClaims.ToActor(principal, settings));
    }

    [Theory]
    [InlineData(UserRole.Admin, null)]
    [InlineData(UserRole.Biller, "NORTH")]
    [InlineData(UserRole.Dispatcher, "SOUTH")]
    public void Users_of_our_own_are_read_back_from_their_claims(UserRole role, string? area)
    {
        var user = new User { Id = "u7", Name = "Dora", Role = role, Area = area };
        Assert.Equal(user.ToActor(), ActorClaims.ToActor(ActorClaims.ToPrincipal(user, Settings), Settings));
    }

    private static ClaimsPrincipal Principal(string[] claims, string? authenticationType) =>
        new(new ClaimsIdentity(claims.Select(claim => claim.Split('=', 2)).Select(claim => new Claim(claim[0], claim[1])), authenticationType));
}
