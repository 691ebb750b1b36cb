using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TraceTrack.Users;

namespace TraceTrack.Postgres.Tests.Users;

/// <summary>A log-in that meets a change half done waits for it and is decided on what it leaves. The change is held open here, so none of this is a matter of luck.</summary>
public sealed class LogInLockTests(PostgresServer server)
{
    [Theory]
    [InlineData("UPDATE tracetrack.app_user SET is_disabled = true", true, false)]
    [InlineData("UPDATE tracetrack.app_user SET password_hash = 'new'", true, false)]
    [InlineData("UPDATE tracetrack.app_user SET password_hash = 'new'", false, true)]
    [InlineData("UPDATE tracetrack.app_user SET area = 'SOUTH'", true, true)]
    public async Task A_log_in_waits_for_a_change_and_is_decided_on_what_it_leaves(string change, bool byPassword, bool begins)
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var users = store.TraceTrack.As(Actor.System).Users;
        var dora = await users.CreateAsync(new("dora", UserRole.Dispatcher, "NORTH", "old"));
        await using var connection = await server.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, store, change);
        var logIn = Task.Run(async () => byPassword ? await users.LogInAsync(new(dora, "old")) : await users.StartSessionAsync(dora.Id));
        await WaitingAsync(store, connection.ProcessID);
        Assert.False(logIn.IsCompleted);
        await transaction.CommitAsync();
        if (begins)
        {
            var ticket = await logIn;
            Assert.Equal(ticket.Session.User, (await users.FindSessionAsync(ticket.Token))!.User);
            Assert.Equal(change.Contains("SOUTH", StringComparison.Ordinal) ? "SOUTH" : "NORTH", ticket.Session.User.Area);
        }
        else
        {
            Assert.Equal(ErrorCodes.UserNotFound, (await Assert.ThrowsAsync<NotFoundException>(() => logIn)).Code);
            Assert.Equal(0L, await store.ScalarAsync<long>("SELECT count(*) FROM tracetrack.login_session"));
        }
    }

    [Fact]
    public async Task A_change_waits_for_a_log_in_half_done_and_ends_its_session()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var users = store.TraceTrack.As(Actor.System).Users;
        var dora = await users.CreateAsync(new("dora", UserRole.Dispatcher, "NORTH", "old"));
        await using var connection = await server.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, store, $"SELECT 1 FROM tracetrack.app_user WHERE id = '{dora.Id}' FOR SHARE");
        await ExecuteAsync(connection, store, $"INSERT INTO tracetrack.login_session VALUES (sha256('x'), '{dora.Id}', now(), now() + interval '1 hour')");
        var change = Task.Run(() => store.Services.GetRequiredService<IUserStore>().ChangeAsync(dora.Id, new() { IsDisabled = true }, default).AsTask());
        await WaitingAsync(store, connection.ProcessID);
        await transaction.CommitAsync();
        Assert.Single((await change)!.EndedSessions);
        Assert.Equal(0L, await store.ScalarAsync<long>("SELECT count(*) FROM tracetrack.login_session"));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, PostgresStore store, string sql)
    {
        await using var command = new NpgsqlCommand(sql.Replace("tracetrack.", store.Schema + ".", StringComparison.Ordinal), connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Until somebody waits for a lock that this connection holds.</summary>
    private static async Task WaitingAsync(PostgresStore store, int holder)
    {
        for (var tries = 0; await store.ScalarAsync<long>($"SELECT count(*) FROM pg_stat_activity WHERE {holder} = ANY (pg_blocking_pids(pid))") == 0; tries++)
        {
            Assert.True(tries < 500, "nobody came to wait");
            await Task.Delay(20);
        }
    }
}
