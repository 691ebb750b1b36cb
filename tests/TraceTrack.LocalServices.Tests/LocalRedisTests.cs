using Microsoft.Extensions.Logging.Abstractions;

namespace TraceTrack.LocalServices.Tests;

public sealed class LocalRedisTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task It_answers_until_it_is_disposed_of()
    {
        var redis = await _workplace.RedisAsync();
        var settings = Settings();
        Assert.True(await AnswersAsync(settings));
        Assert.Equal($"127.0.0.1:{settings.Port},password={settings.Password}", redis.ConnectionString);

        await redis.DisposeAsync();

        Assert.False(await AnswersAsync(settings));
    }

    [Fact]
    public async Task Without_the_password_it_says_nothing()
    {
        await using var redis = await _workplace.RedisAsync();

        Assert.False(await AnswersAsync(Settings() with { Password = "guess" }));
        Assert.DoesNotContain(Settings().Password, redis.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_left_by_a_killed_process_is_stopped_and_a_new_one_started()
    {
        var killed = await _workplace.RedisAsync();
        var left = Settings();
        killed.Abandon();

        await using var next = await _workplace.RedisAsync();

        Assert.True(next.Owned);
        Assert.False(await AnswersAsync(left));
        Assert.True(await AnswersAsync(Settings()));
    }

    [Fact]
    public async Task Two_owners_at_once_share_one_server()
    {
        var owner = await _workplace.RedisAsync();
        await using var guest = await _workplace.RedisAsync();

        Assert.True(owner.Owned);
        Assert.False(guest.Owned);
        Assert.Equal(owner.ConnectionString, guest.ConnectionString);

        await guest.DisposeAsync();
        Assert.True(await AnswersAsync(Settings()));
        await owner.DisposeAsync();
    }

    [Fact]
    public async Task An_ephemeral_one_leaves_no_files()
    {
        await (await _workplace.RedisAsync(ephemeral: true)).DisposeAsync();

        Assert.Empty(Directory.GetDirectories(_workplace.RedisFolder));
    }

    [Theory]
    [InlineData("cache.example:6379,password=secret")]
    [InlineData("redis://user:secret@cache.example:6379")]
    public async Task The_variable_goes_before_everything_and_nothing_is_started(string value)
    {
        var options = _workplace.Options();
        options.ReadVariable = name => name is "TRACETRACK_REDIS" ? value : null;

        await using var redis = await LocalRedis.FindOrStartAsync(options, NullLogger.Instance, TestContext.Current.CancellationToken);

        Assert.NotNull(redis);
        Assert.Equal(LocalServiceOrigin.Environment, redis.Origin);
        Assert.Equal(value, redis.ConnectionString);
        Assert.DoesNotContain("secret", redis.Description, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_workplace.RedisFolder));
    }

    [Fact]
    public async Task Without_any_server_there_is_none()
    {
        var options = _workplace.Options();
        options.SearchFolders = [_workplace.Folder];

        Assert.Null(await LocalRedis.FindOrStartAsync(options, NullLogger.Instance, TestContext.Current.CancellationToken));
        Assert.Contains("redis-server", LocalServicesAdvice.InstallRedis, StringComparison.Ordinal);
    }

    private RedisSettings Settings() => RedisSettings.Read(Path.Combine(_workplace.RedisFolder, "redis.conf"))!;

    private static Task<bool> AnswersAsync(RedisSettings settings) =>
        RedisProbe.AnswersAsync(settings, TimeProvider.System, TestContext.Current.CancellationToken);
}
