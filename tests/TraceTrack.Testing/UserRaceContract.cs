using TraceTrack.Paging;
using TraceTrack.Users;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>What must hold when users are changed and log in at the same moment, whoever comes first.</summary>
public abstract class UserRaceContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    private const int Rounds = 20;

    private static readonly UserChange[] WaysToLose =
        [new() { Role = UserRole.Biller }, new() { IsDisabled = true }, new() { Role = UserRole.Dispatcher, IsDisabled = true, PasswordHash = "x" }];

    [Fact]
    public async Task The_last_admin_is_neither_disabled_nor_given_another_role()
    {
        var warehouse = await OpenAsync();
        var ada = await AdminAsync(warehouse, "ada");
        var bob = await AdminAsync(warehouse, "bob");
        await warehouse.System.Users.ChangeAsync(bob.Id, new() { IsDisabled = true });
        var ticket = await warehouse.System.Users.StartSessionAsync(ada.Id);
        foreach (var change in WaysToLose)
            await FailsAsync<ConflictException>(ErrorCodes.LastAdmin, () => warehouse.System.Users.ChangeAsync(ada.Id, change).AsTask());
        Assert.NotNull(await warehouse.System.Users.FindSessionAsync(ticket.Token));
        Assert.Equal("hash", (await warehouse.System.Users.FindCredentialsAsync("ada"))!.PasswordHash);
        // What takes no admin away is allowed.
        await warehouse.System.Users.ChangeAsync(bob.Id, new() { Role = UserRole.Biller });
        Assert.Equal("A1", (await warehouse.System.Users.ChangeAsync(ada.Id, new() { Area = AreaChange.To("A1"), PasswordHash = "new" })).Area);
        await warehouse.System.Users.ChangeAsync(bob.Id, new() { Role = UserRole.Admin, IsDisabled = false });
        Assert.True((await warehouse.System.Users.ChangeAsync(ada.Id, new() { IsDisabled = true })).IsDisabled);
    }

    [Fact]
    public async Task Of_two_admins_who_take_each_others_role_at_once_one_stays()
    {
        var warehouse = await OpenAsync();
        var admins = new[] { await AdminAsync(warehouse, "ada"), await AdminAsync(warehouse, "bob") };
        for (var round = 0; round < Rounds; round++)
        {
            var taken = await AtOnce(2, i => TryAsync(warehouse, admins[i].Id, WaysToLose[(round + i) % 2]));
            Assert.Single(taken, done => done);
            var loser = admins[taken.IndexOf(true)];
            Assert.Single(await EnabledAdminsAsync(warehouse));
            await warehouse.System.Users.ChangeAsync(loser.Id, new() { Role = UserRole.Admin, IsDisabled = false });
        }
    }

    [Fact]
    public async Task Of_many_admins_who_are_all_disabled_at_once_one_stays()
    {
        var warehouse = await OpenAsync();
        var admins = new List<User>();
        for (var i = 0; i < 8; i++)
            admins.Add(await AdminAsync(warehouse, $"admin{i}"));
        var taken = await AtOnce(admins.Count, i => TryAsync(warehouse, admins[i].Id, WaysToLose[i % WaysToLose.Length]));
        Assert.Equal(admins.Count - 1, taken.Count(done => done));
        Assert.Equal(admins[taken.IndexOf(false)].Id, Assert.Single(await EnabledAdminsAsync(warehouse)).Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_session_outlives_a_change_that_forbids_it_however_close_they_come(bool disable)
    {
        var warehouse = await OpenAsync();
        var dora = await warehouse.System.Users.CreateAsync(new("dora", UserRole.Dispatcher, "NORTH", "hash-0"));
        for (var round = 0; round < Rounds; round++)
        {
            var verified = await warehouse.System.Users.FindCredentialsAsync("dora");
            var change = disable ? new UserChange { IsDisabled = true } : new() { PasswordHash = $"hash-{round + 1}" };
            var tickets = await AtOnce(6, i => i == 3 ? ChangeAsync(change) : LogInAsync(verified!));
            foreach (var ticket in tickets.OfType<LoginTicket>())
                Assert.Null(await warehouse.System.Users.FindSessionAsync(ticket.Token));
            Assert.Empty(await warehouse.Port<ILoginSessionStore>().EndAllAsync(dora.Id, CancellationToken.None));
            Assert.Null(await LogInAsync(verified!));
            await warehouse.System.Users.ChangeAsync(dora.Id, new() { IsDisabled = false });
        }

        async Task<LoginTicket?> ChangeAsync(UserChange change)
        {
            await warehouse.System.Users.ChangeAsync(dora.Id, change);
            return null;
        }

        async Task<LoginTicket?> LogInAsync(UserCredentials verified)
        {
            try
            {
                return await warehouse.System.Users.LogInAsync(verified);
            }
            catch (NotFoundException error) when (error.Code == ErrorCodes.UserNotFound)
            {
                return null;
            }
        }
    }

    [Fact]
    public async Task A_session_begun_while_its_user_gets_another_area_has_ended_or_shows_the_new_one()
    {
        var warehouse = await OpenAsync();
        var dora = await warehouse.System.Users.CreateAsync(new("dora", UserRole.Dispatcher, "A0", "hash"));
        for (var round = 1; round <= Rounds; round++)
        {
            var area = $"A{round}";
            var tickets = await AtOnce(6, async i =>
            {
                if (i != 3)
                    return await warehouse.System.Users.StartSessionAsync(dora.Id);
                await warehouse.System.Users.ChangeAsync(dora.Id, new() { Area = AreaChange.To(area) });
                return null;
            });
            foreach (var ticket in tickets.OfType<LoginTicket>())
            {
                if (await warehouse.System.Users.FindSessionAsync(ticket.Token) is { } alive)
                    Assert.Equal((area, area), (ticket.Session.User.Area, alive.User.Area));
            }
        }
    }

    private static Task<User> AdminAsync(Warehouse warehouse, string name) =>
        warehouse.System.Users.CreateAsync(new(name, UserRole.Admin, null, "hash")).AsTask();

    private static async Task<IReadOnlyList<User>> EnabledAdminsAsync(Warehouse warehouse) =>
        [.. (await warehouse.System.Users.ListAsync(UserRole.Admin, PageRequest.First())).Items.Where(user => !user.IsDisabled)];

    private static async Task<bool> TryAsync(Warehouse warehouse, string id, UserChange change)
    {
        try
        {
            await warehouse.System.Users.ChangeAsync(id, change);
            return true;
        }
        catch (ConflictException error) when (error.Code == ErrorCodes.LastAdmin)
        {
            return false;
        }
    }
}
