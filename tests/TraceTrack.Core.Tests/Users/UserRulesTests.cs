namespace TraceTrack.Users;

public sealed class UserRulesTests
{
    private static readonly UserCredentials Ada = new(new() { Id = "u1", Name = "ada", Role = UserRole.Admin, Area = "NORTH" }, "hash");

    public static TheoryData<UserChange, bool> Changes() => new()
    {
        { new UserChange(), false },
        { new UserChange { Role = UserRole.Admin }, false },
        { new UserChange { Role = UserRole.Biller }, true },
        { new UserChange { Role = UserRole.Dispatcher }, true },
        { new UserChange { IsDisabled = true }, true },
        { new UserChange { IsDisabled = false }, false },
        { new UserChange { Area = AreaChange.Clear, PasswordHash = "new" }, false },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void What_can_take_an_admin_away_is_what_the_last_one_is_refused(UserChange change, bool takes)
    {
        Assert.Equal(takes, UserRules.CanTakeAdmin(change));
        if (takes)
            Assert.Equal(ErrorCodes.LastAdmin, Assert.Throws<ConflictException>(() => UserRules.Change(Ada, change, hasOtherAdmin: false)).Code);
        else
            Assert.True(UserRules.IsEnabledAdmin(UserRules.Change(Ada, change, hasOtherAdmin: false).User));
        Assert.Equal(!takes, UserRules.IsEnabledAdmin(UserRules.Change(Ada, change, hasOtherAdmin: true).User));
    }

    [Fact]
    public void A_disabled_admin_and_who_is_none_are_no_last_admin()
    {
        foreach (var user in new[] { Ada.User with { IsDisabled = true }, Ada.User with { Role = UserRole.Biller } })
            Assert.Equal(UserRole.Dispatcher, UserRules.Change(new(user, "hash"), new() { Role = UserRole.Dispatcher, IsDisabled = true }, hasOtherAdmin: false).User.Role);
    }

    [Fact]
    public void What_changes_nothing_gives_an_equal_user() =>
        Assert.Equal(Ada, UserRules.Change(Ada, new() { Role = UserRole.Admin, Area = AreaChange.To("NORTH"), IsDisabled = false, PasswordHash = "hash" }, false));

    [Theory]
    [InlineData(false, "hash", "hash", true)]
    [InlineData(false, "hash", null, true)]
    [InlineData(false, "hash", "old", false)]
    [InlineData(true, "hash", "hash", false)]
    [InlineData(true, "hash", null, false)]
    public void A_session_begins_for_who_is_enabled_and_has_the_password_that_was_verified(bool disabled, string stored, string? verified, bool begins) =>
        Assert.Equal(begins, UserRules.MayStartSession(new(Ada.User with { IsDisabled = disabled }, stored), verified));

    [Fact]
    public void Nobody_begins_a_session() => Assert.False(UserRules.MayStartSession(null, null));

    [Fact]
    public void An_area_stays_unless_something_is_said()
    {
        Assert.Equal("NORTH", AreaChange.Keep.Of("NORTH"));
        Assert.Equal("NORTH", default(AreaChange).Of("NORTH"));
        Assert.Null(AreaChange.Clear.Of("NORTH"));
        Assert.Equal("SOUTH", AreaChange.To("SOUTH").Of("NORTH"));
        Assert.Equal(AreaChange.Clear, AreaChange.To(null));
    }
}
