using TraceTrack.Users;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>Users change, and every change ends their sessions.</summary>
public abstract class UserChangeContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    public static TheoryData<UserChange> Changes() =>
    [
        new UserChange { Role = UserRole.Biller },
        new UserChange { Area = AreaChange.To("south") },
        new UserChange { Area = AreaChange.Clear },
        new UserChange { IsDisabled = true },
        new UserChange { PasswordHash = "hash-2" },
        new UserChange { Role = UserRole.Admin, Area = AreaChange.To("EAST"), IsDisabled = true, PasswordHash = "hash-3" },
    ];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task What_is_named_changes_and_all_else_stays(UserChange change)
    {
        var (warehouse, dora) = await WithDora();
        var changed = await warehouse.Admin.Users.ChangeAsync(dora.Id, change);
        Assert.Equal(
            dora with
            {
                Role = change.Role ?? dora.Role,
                Area = change.Area.Of(dora.Area)?.ToUpperInvariant(),
                IsDisabled = change.IsDisabled ?? false,
            },
            changed);
        Assert.Equal(changed, await warehouse.Admin.Users.FindAsync(dora.Id));
        var stored = await warehouse.Port<IUserStore>().FindCredentialsAsync("dora", CancellationToken.None);
        Assert.Equal((changed, change.PasswordHash ?? "hash"), (stored!.User, stored.PasswordHash));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Every_change_ends_every_session_of_the_user_and_of_no_other(UserChange change)
    {
        var (warehouse, dora) = await WithDora();
        var bob = await warehouse.System.Users.CreateAsync(new("bob", UserRole.Biller, null, "hash"));
        var first = await warehouse.System.Users.StartSessionAsync(dora.Id);
        var second = await warehouse.System.Users.StartSessionAsync(dora.Id);
        var other = await warehouse.System.Users.StartSessionAsync(bob.Id);
        var commit = await warehouse.Port<IUserStore>().ChangeAsync(dora.Id, change with { Area = Normal(change.Area) }, CancellationToken.None);
        Assert.Equal(
            new[] { first.Session.Key, second.Session.Key }.Order(StringComparer.Ordinal),
            commit!.EndedSessions.Order(StringComparer.Ordinal));
        Assert.Null(await warehouse.System.Users.FindSessionAsync(first.Token));
        Assert.Null(await warehouse.System.Users.FindSessionAsync(second.Token));
        Assert.Equal(bob, (await warehouse.System.Users.FindSessionAsync(other.Token))!.User);

        static AreaChange Normal(AreaChange area) => area.IsSet ? AreaChange.To(Area.Normalize(area.Area)) : area;
    }

    [Fact]
    public async Task A_change_that_changes_nothing_ends_no_session()
    {
        var (warehouse, dora) = await WithDora();
        var ticket = await warehouse.System.Users.StartSessionAsync(dora.Id);
        var same = new UserChange { Role = UserRole.Dispatcher, Area = AreaChange.To("north"), IsDisabled = false };
        foreach (var change in new[] { new UserChange(), same })
            Assert.Equal(dora, await warehouse.Admin.Users.ChangeAsync(dora.Id, change));
        Assert.Equal(dora, (await warehouse.System.Users.FindSessionAsync(ticket.Token))!.User);
    }

    [Fact]
    public async Task A_disabled_user_cannot_log_in_until_it_is_enabled_again()
    {
        var (warehouse, dora) = await WithDora();
        var credentials = await warehouse.System.Users.FindCredentialsAsync("dora");
        var ticket = await warehouse.System.Users.LogInAsync(credentials!);
        Assert.True((await warehouse.Admin.Users.ChangeAsync(dora.Id, new() { IsDisabled = true })).IsDisabled);
        Assert.Null(await warehouse.System.Users.FindCredentialsAsync("dora"));
        await CannotLogInAsync(() => warehouse.System.Users.StartSessionAsync(dora.Id).AsTask());
        await CannotLogInAsync(() => warehouse.System.Users.LogInAsync(credentials!).AsTask());
        Assert.True((await warehouse.Admin.Users.FindByNameAsync(" DORA "))!.IsDisabled);
        Assert.Equal(dora, await warehouse.Admin.Users.ChangeAsync(dora.Id, new() { IsDisabled = false }));
        Assert.Null(await warehouse.System.Users.FindSessionAsync(ticket.Token));
        Assert.Equal(dora, (await warehouse.System.Users.LogInAsync(credentials!)).Session.User);
    }

    [Fact]
    public async Task A_disabled_user_still_counts_as_a_user()
    {
        var (warehouse, dora) = await WithDora();
        await warehouse.Admin.Users.ChangeAsync(dora.Id, new() { IsDisabled = true });
        Assert.Equal(1, (await warehouse.TotalsAsync()).Users);
        Assert.True((await warehouse.Admin.Totals.ReconcileAsync()).IsExact);
    }

    [Fact]
    public async Task What_is_no_role_no_area_no_hash_or_no_user_is_refused()
    {
        var (warehouse, dora) = await WithDora();
        await Invalid(ErrorCodes.InvalidUser, new() { Role = (UserRole)99 });
        await Invalid(ErrorCodes.InvalidArea, new() { Area = AreaChange.To("no area!") });
        await Invalid(ErrorCodes.InvalidUser, new() { PasswordHash = "" });
        foreach (var id in new[] { "nobody", "12345678901234567890", "a\0b" })
        {
            await FailsAsync<NotFoundException>(
                ErrorCodes.UserNotFound, () => warehouse.Admin.Users.ChangeAsync(id, new() { IsDisabled = true }).AsTask());
        }

        Assert.Equal(dora, await warehouse.Admin.Users.FindAsync(dora.Id));
        Assert.Null(await warehouse.Admin.Users.FindByNameAsync("a\0b"));

        Task Invalid(string code, UserChange change) =>
            FailsAsync<InvalidInputException>(code, () => warehouse.Admin.Users.ChangeAsync(dora.Id, change).AsTask());
    }

    [Fact]
    public async Task A_password_that_was_changed_since_it_was_verified_is_not_replaced()
    {
        var (warehouse, dora) = await WithDora();
        var verified = await warehouse.System.Users.FindCredentialsAsync("dora");
        await warehouse.Admin.Users.SetPasswordAsync(dora.Id, "hash-2");
        var ticket = await warehouse.System.Users.StartSessionAsync(dora.Id);
        await FailsAsync<ConflictException>(
            ErrorCodes.PasswordChanged, () => warehouse.Door.As(dora.ToActor()).Users.ReplacePasswordAsync(verified!, "hash-3").AsTask());
        var now = await warehouse.System.Users.FindCredentialsAsync("dora");
        Assert.Equal("hash-2", now!.PasswordHash);
        Assert.NotNull(await warehouse.System.Users.FindSessionAsync(ticket.Token));
        await warehouse.Door.As(dora.ToActor()).Users.ReplacePasswordAsync(now, "hash-3");
        Assert.Null(await warehouse.System.Users.FindSessionAsync(ticket.Token));
        await CannotLogInAsync(() => warehouse.System.Users.LogInAsync(now).AsTask());
    }

    [Fact]
    public void No_hash_is_shown_by_a_change()
    {
        var text = new UserChange { PasswordHash = "secret-1", VerifiedHash = "secret-2", Area = AreaChange.To("A1") }.ToString();
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Contains("A1", text, StringComparison.Ordinal);
    }

    private static Task<NotFoundException> CannotLogInAsync(Func<Task> act) => FailsAsync<NotFoundException>(ErrorCodes.UserNotFound, act);

    private async Task<(Warehouse Warehouse, User Dora)> WithDora()
    {
        var warehouse = await OpenAsync();
        return (warehouse, await warehouse.System.Users.CreateAsync(new("dora", UserRole.Dispatcher, "NORTH", "hash")));
    }
}
