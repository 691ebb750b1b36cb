using Microsoft.Extensions.Logging.Abstractions;

namespace TraceTrack.LocalServices.Tests;

public sealed class LocalPostgresTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Second_start_reuses_the_data_and_the_port()
    {
        string before;
        await using (var first = await _workplace.PostgresAsync())
        {
            before = first.ConnectionString;
            await first.RememberAsync();
        }

        await using var second = await _workplace.PostgresAsync();

        Assert.Equal(42, await second.RecallAsync());
        Assert.Equal(before, second.ConnectionString);
    }

    [Fact]
    public async Task Dispose_stops_the_server()
    {
        var postgres = await _workplace.PostgresAsync();
        Assert.True(await postgres.AnswersAsync());

        await postgres.DisposeAsync();

        Assert.False(await postgres.AnswersAsync());
        Assert.False(File.Exists(PostmasterFile.PathIn(_workplace.PostgresData)));
    }

    [Fact]
    public async Task The_server_is_durable_roomy_and_sorts_by_code_point()
    {
        await using var postgres = await _workplace.PostgresAsync();

        Assert.Equal("on", await postgres.AskAsync<string>("SHOW fsync"));
        Assert.Equal("200", await postgres.AskAsync<string>("SHOW max_connections"));
        Assert.Equal("UTF8", await postgres.AskAsync<string>("SHOW server_encoding"));
        Assert.Equal("127.0.0.1", await postgres.AskAsync<string>("SHOW listen_addresses"));
        Assert.Equal("tracetrack", await postgres.AskAsync<string>("SELECT current_database()::text"));
        Assert.True(await postgres.AskAsync<bool>("SELECT 'B' < 'a'"));
    }

    [Fact]
    public async Task The_password_is_readable_by_the_server_alone()
    {
        await using var postgres = await _workplace.PostgresAsync();
        var file = Path.Combine(_workplace.PostgresFolder, "password");

        // Windows guards the whole profile folder instead.
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.DoesNotContain(new Npgsql.NpgsqlConnectionStringBuilder(postgres.ConnectionString).Password!, postgres.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ephemeral_server_leaves_no_files()
    {
        var postgres = await _workplace.PostgresAsync(ephemeral: true);
        Assert.Single(Directory.GetDirectories(_workplace.PostgresFolder));

        await postgres.DisposeAsync();

        Assert.Empty(Directory.GetDirectories(_workplace.PostgresFolder));
    }

    [Fact]
    public async Task Two_ephemeral_servers_know_nothing_of_each_other()
    {
        await using var one = await _workplace.PostgresAsync(ephemeral: true);
        await using var other = await _workplace.PostgresAsync(ephemeral: true);
        await one.RememberAsync();

        Assert.True(await other.AskAsync<bool>("SELECT to_regclass('kept') IS NULL"));
    }

    [Fact]
    public async Task Two_owners_at_once_share_one_server()
    {
        var owner = await _workplace.PostgresAsync();
        await using var guest = await _workplace.PostgresAsync();

        Assert.True(owner.Owned);
        Assert.False(guest.Owned);
        Assert.Equal(owner.ConnectionString, guest.ConnectionString);

        await guest.DisposeAsync();
        Assert.True(await owner.AnswersAsync());

        await owner.DisposeAsync();
        Assert.False(await owner.AnswersAsync());
    }

    [Fact]
    public async Task Four_first_starts_at_once_end_with_one_server()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _workplace.PostgresAsync()));

        Assert.Single(all, postgres => postgres.Owned);
        Assert.Single(all.Select(postgres => postgres.ConnectionString).Distinct(StringComparer.Ordinal));

        foreach (var postgres in all)
        {
            await postgres.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_variable_goes_before_everything_and_nothing_is_started()
    {
        var options = _workplace.Options();
        options.ReadVariable = name => name is "TRACETRACK_POSTGRES" ? "Host=db.example;Username=u;Password=secret;Database=d" : null;

        await using var postgres = await LocalPostgres.FindOrStartAsync(options, NullLogger.Instance, TestContext.Current.CancellationToken);

        Assert.NotNull(postgres);
        Assert.Equal(LocalServiceOrigin.Environment, postgres.Origin);
        Assert.Equal("Host=db.example;Username=u;Password=secret;Database=d", postgres.ConnectionString);
        Assert.DoesNotContain("secret", postgres.Description, StringComparison.Ordinal);
        Assert.False(postgres.Owned);
        Assert.False(Directory.Exists(_workplace.PostgresFolder));
    }

    [Theory]
    [InlineData("postgres://u:secret@db.example/d")]
    [InlineData("Username=u;Password=secret")]
    public async Task A_variable_that_is_no_connection_string_is_refused_without_quoting_it(string value)
    {
        var options = _workplace.Options();
        options.ReadVariable = _ => value;

        var exception = await Assert.ThrowsAsync<LocalServiceException>(
            () => LocalPostgres.FindOrStartAsync(options, NullLogger.Instance, TestContext.Current.CancellationToken));

        Assert.Contains("TRACETRACK_POSTGRES", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_server_there_is_none_and_the_advice_names_every_system()
    {
        var options = _workplace.Options();
        options.SearchFolders = [_workplace.Folder];

        Assert.Null(await LocalPostgres.FindOrStartAsync(options, NullLogger.Instance, TestContext.Current.CancellationToken));
        Assert.All(
            ["Debian, Ubuntu", "Fedora", "macOS", "Windows", "Docker", LocalServicesOptions.PostgresVariable],
            word => Assert.Contains(word, LocalServicesAdvice.InstallPostgres, StringComparison.Ordinal));
    }
}
