namespace TraceTrack.Users;

public class AccessRulesTests
{
    [Theory]
    [InlineData(UserRole.Admin, null, true, true, true)]
    [InlineData(UserRole.Admin, "NORTH", true, true, true)]
    [InlineData(UserRole.Biller, null, true, true, false)]
    [InlineData(UserRole.Biller, "NORTH", true, true, false)]
    [InlineData(UserRole.Dispatcher, "NORTH", true, false, false)]
    [InlineData(UserRole.Dispatcher, null, false, false, false)]
    public void Each_role_may_do_its_part(UserRole role, string? area, bool scan, bool bills, bool administer)
    {
        var actor = new Actor("a", role, area);
        Assert.Equal(
            (scan, scan, bills, bills, administer),
            (AccessRules.MayScan(actor), AccessRules.MaySeeFigures(actor), AccessRules.MayChangeBills(actor), AccessRules.MayImport(actor), AccessRules.MayAdminister(actor)));
    }

    [Fact]
    public void A_scope_allows_all_one_area_or_nothing()
    {
        var all = AccessRules.ReadScope(Actor.System);
        var north = AccessRules.ReadScope(new("a", UserRole.Dispatcher, "NORTH"));
        var none = AccessRules.ReadScope(new("a", UserRole.Dispatcher));
        Assert.Equal([true, true, true], new[] { "NORTH", "SOUTH", null }.Select(all.Allows));
        Assert.Equal([true, false, false], new[] { "NORTH", "SOUTH", null }.Select(north.Allows));
        Assert.Equal([false, false, false], new[] { "NORTH", "SOUTH", null }.Select(none.Allows));
        Assert.Equal((false, false, true), (all.IsNone, north.IsNone, none.IsNone));
    }

    [Fact]
    public void What_holds_a_secret_does_not_print_it()
    {
        var user = new User { Id = "1", Name = "ada", Role = UserRole.Admin };
        Assert.DoesNotContain("secret", new NewUser("ada", UserRole.Admin, null, "secret").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", new UserCredentials(user, "secret").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", new LoginTicket("secret", new("key", user, default, default)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Login_tokens_are_256_bits_and_known_by_their_hash_only()
    {
        var (one, two) = (LoginToken.New(), LoginToken.New());
        Assert.NotEqual(one, two);
        Assert.True(LoginToken.IsWellFormed(one));
        Assert.False(LoginToken.IsWellFormed(null) || LoginToken.IsWellFormed(one + "A") || LoginToken.IsWellFormed(one[1..]) || LoginToken.IsWellFormed("+" + one[1..]));
        Assert.Equal(64, LoginToken.Key(one).Length);
        Assert.NotEqual(LoginToken.Key(one), LoginToken.Key(two));
        Assert.DoesNotContain(one, LoginToken.Key(one), StringComparison.Ordinal);
    }
}
