using TraceTrack.Users;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

public abstract class UserContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task A_new_user_is_found_by_id_and_by_name_in_any_case()
    {
        var warehouse = await OpenAsync();
        var user = await warehouse.System.Users.CreateAsync(new("Ada Lovelace", UserRole.Dispatcher, "north", "hash-1"));
        Assert.Equal(("Ada Lovelace", UserRole.Dispatcher, "NORTH", false), (user.Name, user.Role, user.Area, user.IsDisabled));
        Assert.NotEmpty(user.Id);
        Assert.Equal(user, await warehouse.System.Users.FindAsync(user.Id));
        foreach (var name in new[] { "Ada Lovelace", "ADA LOVELACE", " ada lovelace " })
        {
            var found = await warehouse.System.Users.FindCredentialsAsync(name);
            Assert.Equal((user, "hash-1"), (found!.User, found.PasswordHash));
        }

        var actor = user.ToActor();
        Assert.Equal((user.Id, UserRole.Dispatcher, "NORTH"), (actor.Id, actor.Role, actor.Area));
    }

    [Theory]
    [InlineData("ada", "ADA")]
    [InlineData("Änne", "äNNE")]
    [InlineData("straße", "straße")]
    [InlineData("Żółw", "żÓŁW")]
    public async Task A_name_that_is_taken_is_refused_in_any_case(string name, string again)
    {
        var warehouse = await OpenAsync();
        var first = await warehouse.System.Users.CreateAsync(new(name, UserRole.Admin, null, "hash-1"));
        await FailsAsync<ConflictException>(
            ErrorCodes.UserExists, () => warehouse.System.Users.CreateAsync(new(again, UserRole.Biller, null, "hash-2")).AsTask());
        var found = await warehouse.System.Users.FindCredentialsAsync(again);
        Assert.Equal((first, "hash-1"), (found!.User, found.PasswordHash));
        Assert.Equal(1, (await warehouse.TotalsAsync()).Users);
    }

    [Fact]
    public async Task Names_that_differ_in_more_than_case_are_different_users()
    {
        var warehouse = await OpenAsync();
        var names = new[] { "ada", "áda", "a.da", "ad%", "a_a", "😀" };
        foreach (var name in names)
            await warehouse.System.Users.CreateAsync(new(name, UserRole.Biller, null, $"hash of {name}"));
        foreach (var name in names)
            Assert.Equal($"hash of {name}", (await warehouse.System.Users.FindCredentialsAsync(name))!.PasswordHash);
    }

    [Fact]
    public async Task Admins_look_up_many_users_at_once_and_others_themselves_among_them()
    {
        var warehouse = await OpenAsync();
        var ada = await warehouse.System.Users.CreateAsync(new("ada", UserRole.Admin, null, "hash"));
        var bob = await warehouse.System.Users.CreateAsync(new("bob", UserRole.Biller, null, "hash"));
        string[] ids = [bob.Id, "nobody", ada.Id, "", "a\0b", bob.Id];
        Assert.Equal([bob, null, ada, null, null, bob], await warehouse.Admin.Users.FindManyAsync(ids));
        Assert.Equal([bob, null, null, null, null, bob], await warehouse.Door.As(bob.ToActor()).Users.FindManyAsync(ids));
        Assert.Equal([null, null], await warehouse.Biller.Users.FindManyAsync([ada.Id, bob.Id]));
        Assert.Empty(await warehouse.Admin.Users.FindManyAsync([]));
    }

    [Fact]
    public async Task Users_are_read_by_id_in_the_order_asked_for_with_gaps_and_repeats()
    {
        var warehouse = await OpenAsync();
        var ada = await warehouse.System.Users.CreateAsync(new("ada", UserRole.Admin, null, "hash"));
        var bob = await warehouse.System.Users.CreateAsync(new("bob", UserRole.Biller, null, "hash"));
        var found = await warehouse.Port<IUserStore>().FindManyAsync([bob.Id, "nobody", ada.Id, bob.Id, "999999999999999999999"], CancellationToken.None);
        Assert.Equal([bob, null, ada, bob, null], found);
        Assert.Empty(await warehouse.Port<IUserStore>().FindManyAsync([], CancellationToken.None));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" ada")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public async Task A_name_that_is_none_is_refused(string name)
    {
        var warehouse = await OpenAsync();
        await FailsAsync<InvalidInputException>(
            ErrorCodes.InvalidUser, () => warehouse.System.Users.CreateAsync(new(name, UserRole.Admin, null, "hash")).AsTask());
        Assert.Equal(0, (await warehouse.TotalsAsync()).Users);
    }

    [Fact]
    public async Task Half_a_character_is_no_part_of_a_name_or_an_id()
    {
        var warehouse = await OpenAsync();
        var half = "a" + (char)0xd83d;
        await FailsAsync<InvalidInputException>(
            ErrorCodes.InvalidUser, () => warehouse.System.Users.CreateAsync(new(half, UserRole.Admin, null, "hash")).AsTask());
        Assert.Null(await warehouse.System.Users.FindCredentialsAsync(half));
        Assert.Null(await warehouse.System.Users.FindAsync(half));
        Assert.Throws<InvalidInputException>(() => new Actor(half, UserRole.Admin));
    }

    [Fact]
    public async Task A_user_needs_a_role_a_proper_area_and_a_password_hash()
    {
        var warehouse = await OpenAsync();
        await Refused(ErrorCodes.InvalidUser, new("ada", (UserRole)99, null, "hash"));
        await Refused(ErrorCodes.InvalidArea, new("ada", UserRole.Dispatcher, "no area!", "hash"));
        await Refused(ErrorCodes.InvalidUser, new("ada", UserRole.Dispatcher, null, ""));

        Task Refused(string code, NewUser user) => FailsAsync<InvalidInputException>(code, () => warehouse.System.Users.CreateAsync(user).AsTask());
    }

    [Fact]
    public async Task A_new_password_takes_the_place_of_the_old_one()
    {
        var warehouse = await OpenAsync();
        var ada = await warehouse.System.Users.CreateAsync(new("ada", UserRole.Admin, null, "hash-1"));
        var bob = await warehouse.System.Users.CreateAsync(new("bob", UserRole.Admin, null, "hash-2"));
        await warehouse.Admin.Users.SetPasswordAsync(ada.Id, "hash-3");
        Assert.Equal("hash-3", (await warehouse.System.Users.FindCredentialsAsync("ada"))!.PasswordHash);
        Assert.Equal("hash-2", (await warehouse.System.Users.FindCredentialsAsync("bob"))!.PasswordHash);
        Assert.Equal(bob, await warehouse.System.Users.FindAsync(bob.Id));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("12345678901234567890")]
    [InlineData("a\0b")]
    public async Task An_id_that_is_nobodys_is_not_found(string id)
    {
        var warehouse = await OpenAsync();
        Assert.Null(await warehouse.System.Users.FindAsync(id));
        await FailsAsync<NotFoundException>(ErrorCodes.UserNotFound, () => warehouse.System.Users.SetPasswordAsync(id, "hash").AsTask());
        await FailsAsync<NotFoundException>(ErrorCodes.UserNotFound, () => warehouse.System.Users.StartSessionAsync(id).AsTask());
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("%")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public async Task A_name_that_is_nobodys_has_no_credentials(string name)
    {
        var warehouse = await OpenAsync();
        await warehouse.System.Users.CreateAsync(new("ada", UserRole.Admin, null, "hash"));
        Assert.Null(await warehouse.System.Users.FindCredentialsAsync(name));
    }

    [Fact]
    public async Task Of_many_who_ask_for_one_name_at_once_one_gets_it()
    {
        var warehouse = await OpenAsync();
        var created = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => warehouse.Port<IUserStore>().CreateAsync(new("ada", UserRole.Admin, null, $"hash-{i}"), CancellationToken.None).AsTask())));
        Assert.Single(created, user => user is not null);
        Assert.Equal(1, (await warehouse.TotalsAsync()).Users);
    }
}
