using Microsoft.Extensions.Time.Testing;
using TraceTrack.Users;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>Sessions run on the application's clock, whatever clock the store has.</summary>
public abstract class LoginSessionContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task A_session_is_found_by_its_token_with_its_user()
    {
        var (warehouse, ada) = await WithAda();
        var ticket = await warehouse.System.Users.StartSessionAsync(ada.Id);
        Assert.Equal((ada, _clock.GetUtcNow().AddHours(1)), (ticket.Session.User, ticket.Session.ExpiresAt));
        Assert.Equal(43, ticket.Token.Length);
        Assert.DoesNotContain(ticket.Token, ticket.ToString(), StringComparison.Ordinal);
        var found = await warehouse.System.Users.FindSessionAsync(ticket.Token);
        Assert.Equal((ada, ticket.Session.Key), (found!.User, found.Key));
    }

    [Fact]
    public async Task Every_session_has_a_token_of_its_own()
    {
        var (warehouse, ada) = await WithAda();
        var first = await warehouse.System.Users.StartSessionAsync(ada.Id);
        var second = await warehouse.System.Users.StartSessionAsync(ada.Id);
        Assert.NotEqual(first.Token, second.Token);
        await warehouse.System.Users.EndSessionAsync(first.Token);
        Assert.Null(await warehouse.System.Users.FindSessionAsync(first.Token));
        Assert.NotNull(await warehouse.System.Users.FindSessionAsync(second.Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    public async Task A_token_that_was_never_given_opens_nothing(string token)
    {
        var (warehouse, ada) = await WithAda();
        await warehouse.System.Users.StartSessionAsync(ada.Id);
        Assert.Null(await warehouse.System.Users.FindSessionAsync(token));
        await warehouse.System.Users.EndSessionAsync(token);
    }

    [Fact]
    public async Task A_session_that_is_not_used_for_an_hour_ends()
    {
        var (warehouse, ada) = await WithAda();
        var ticket = await warehouse.System.Users.StartSessionAsync(ada.Id);
        _clock.Advance(TimeSpan.FromMinutes(60));
        Assert.Null(await warehouse.System.Users.FindSessionAsync(ticket.Token));
    }

    [Fact]
    public async Task A_session_that_is_used_lives_on()
    {
        var (warehouse, ada) = await WithAda();
        var ticket = await warehouse.System.Users.StartSessionAsync(ada.Id);
        for (var i = 0; i < 4; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(59));
            Assert.NotNull(await warehouse.System.Users.FindSessionAsync(ticket.Token));
        }

        var session = await warehouse.Port<ILoginSessionStore>().FindAsync(ticket.Session.Key, CancellationToken.None);
        Assert.Equal(_clock.GetUtcNow().AddHours(1), session!.ExpiresAt, TimeSpan.FromMicroseconds(1));
        Assert.Equal(_clock.GetUtcNow(), session.RenewedAt, TimeSpan.FromMicroseconds(1));
    }

    [Fact]
    public async Task A_session_is_renewed_once_in_five_minutes_at_most()
    {
        var (warehouse, ada) = await WithAda();
        var ticket = await warehouse.System.Users.StartSessionAsync(ada.Id);
        _clock.Advance(TimeSpan.FromMinutes(4));
        await warehouse.System.Users.FindSessionAsync(ticket.Token);
        var unchanged = await warehouse.Port<ILoginSessionStore>().FindAsync(ticket.Session.Key, CancellationToken.None);
        Assert.Equal(ticket.Session.ExpiresAt, unchanged!.ExpiresAt, TimeSpan.FromMicroseconds(1));
        _clock.Advance(TimeSpan.FromMinutes(2));
        var renewed = await warehouse.System.Users.FindSessionAsync(ticket.Token);
        Assert.Equal(_clock.GetUtcNow().AddHours(1), renewed!.ExpiresAt, TimeSpan.FromMicroseconds(1));
    }

    [Fact]
    public async Task A_new_password_ends_every_session_of_the_user_and_of_no_other()
    {
        var (warehouse, ada) = await WithAda();
        var bob = await warehouse.System.Users.CreateAsync(new("bob", UserRole.Biller, null, "hash"));
        var first = await warehouse.System.Users.StartSessionAsync(ada.Id);
        var second = await warehouse.System.Users.StartSessionAsync(ada.Id);
        var other = await warehouse.System.Users.StartSessionAsync(bob.Id);
        await warehouse.System.Users.SetPasswordAsync(ada.Id, "hash-2");
        Assert.Null(await warehouse.System.Users.FindSessionAsync(first.Token));
        Assert.Null(await warehouse.System.Users.FindSessionAsync(second.Token));
        Assert.Equal(bob, (await warehouse.System.Users.FindSessionAsync(other.Token))!.User);
        Assert.NotNull(await warehouse.System.Users.FindSessionAsync((await warehouse.System.Users.StartSessionAsync(ada.Id)).Token));
    }

    [Fact]
    public async Task Logging_out_everywhere_ends_every_session_of_the_user_and_of_no_other()
    {
        var (warehouse, ada) = await WithAda();
        var bob = await warehouse.System.Users.CreateAsync(new("bob", UserRole.Biller, null, "hash"));
        var first = await warehouse.System.Users.StartSessionAsync(ada.Id);
        var second = await warehouse.System.Users.StartSessionAsync(ada.Id);
        var other = await warehouse.System.Users.StartSessionAsync(bob.Id);
        Assert.Equal(2, await warehouse.Admin.Users.EndSessionsAsync(ada.Id));
        Assert.Null(await warehouse.System.Users.FindSessionAsync(first.Token));
        Assert.Null(await warehouse.System.Users.FindSessionAsync(second.Token));
        Assert.NotNull(await warehouse.System.Users.FindSessionAsync(other.Token));
        Assert.Equal(0, await warehouse.Admin.Users.EndSessionsAsync(ada.Id));
        Assert.Equal([other.Session.Key], await warehouse.Port<ILoginSessionStore>().EndAllAsync(bob.Id, CancellationToken.None));
        Assert.Empty(await warehouse.Port<ILoginSessionStore>().EndAllAsync("nobody", CancellationToken.None));
        Assert.NotNull(await warehouse.System.Users.FindSessionAsync((await warehouse.System.Users.StartSessionAsync(ada.Id)).Token));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("a\0b")]
    public async Task The_sessions_of_nobody_are_not_found_except_by_who_is_no_user_of_ours(string id)
    {
        var (warehouse, _) = await WithAda();
        await FailsAsync<NotFoundException>(ErrorCodes.UserNotFound, () => warehouse.Admin.Users.EndSessionsAsync(id).AsTask());
        Assert.Equal(0, await warehouse.Admin.Users.EndSessionsAsync(warehouse.Admin.Actor.Id));
        Assert.Equal(0, await warehouse.Dispatcher("NORTH").Users.EndSessionsAsync("dispatcher-NORTH"));
    }

    [Fact]
    public async Task A_log_in_with_a_password_that_was_changed_since_begins_no_session()
    {
        var (warehouse, ada) = await WithAda();
        var verified = await warehouse.System.Users.FindCredentialsAsync("ada");
        Assert.NotNull(await warehouse.System.Users.LogInAsync(verified!));
        await warehouse.System.Users.SetPasswordAsync(ada.Id, "hash-2");
        await FailsAsync<NotFoundException>(ErrorCodes.UserNotFound, () => warehouse.System.Users.LogInAsync(verified!).AsTask());
        Assert.Empty(await warehouse.Port<ILoginSessionStore>().EndAllAsync(ada.Id, CancellationToken.None));
    }

    [Fact]
    public async Task An_ended_session_is_not_renewed_back_to_life()
    {
        var (warehouse, ada) = await WithAda();
        var store = warehouse.Port<ILoginSessionStore>();
        var ticket = await warehouse.System.Users.StartSessionAsync(ada.Id);
        await store.EndAsync(ticket.Session.Key, CancellationToken.None);
        Assert.False(await store.RenewAsync(ticket.Session.Key, _clock.GetUtcNow(), _clock.GetUtcNow().AddHours(1), CancellationToken.None));
        Assert.Null(await store.FindAsync(ticket.Session.Key, CancellationToken.None));
    }

    [Fact]
    public async Task Only_the_application_itself_handles_sessions()
    {
        var (warehouse, ada) = await WithAda();
        var ticket = await warehouse.System.Users.StartSessionAsync(ada.Id);
        var pretender = warehouse.Door.As(new(Actor.System.Id, UserRole.Admin));
        await Refused(() => pretender.Users.FindCredentialsAsync("ada").AsTask());
        await Refused(() => pretender.Users.StartSessionAsync(ada.Id).AsTask());
        await Refused(() => pretender.Users.LogInAsync(new(ada, "hash")).AsTask());
        await Refused(() => warehouse.Admin.Users.FindSessionAsync(ticket.Token).AsTask());
        await Refused(() => warehouse.Biller.Users.EndSessionAsync(ticket.Token).AsTask());
        Assert.NotNull(await warehouse.System.Users.FindSessionAsync(ticket.Token));

        static Task Refused(Func<Task> act) => FailsAsync<NotAllowedException>(ErrorCodes.NotAllowed, act);
    }

    private async Task<(Warehouse Warehouse, User Ada)> WithAda()
    {
        var warehouse = await OpenAsync(clock: _clock);
        return (warehouse, await warehouse.System.Users.CreateAsync(new("ada", UserRole.Dispatcher, "NORTH", "hash")));
    }
}
