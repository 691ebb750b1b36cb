using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TraceTrack.LocalServices;

namespace TraceTrack.Caching;

/// <summary>One Redis for all tests of the assembly; stores share it and never meet, since their ids are in their keys.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    private LocalRedis? _server;
    private ConnectionMultiplexer? _connection;

    public string ConnectionString
    {
        get
        {
            if (_server is null)
            {
                var missing = "There is no Redis on this computer. " + LocalServicesAdvice.InstallRedis;
                // Visibly skipped on a laptop; in CI a missing server is a failure.
                if (Environment.GetEnvironmentVariable("CI") == "true")
                    Assert.Fail(missing);
                Assert.Skip(missing);
            }

            return _server.ConnectionString;
        }
    }

    public IConnectionMultiplexer Connection => _connection ??= ConnectionMultiplexer.Connect(ConnectionString);

    public async ValueTask InitializeAsync() =>
        _server = await LocalRedis.FindOrStartAsync(new LocalServicesOptions { Name = "caching-test", Ephemeral = true }, NullLogger.Instance);

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    /// <summary>All keys of one store.</summary>
    public string[] Keys(Guid storeId) =>
        [.. Connection.GetServers().SelectMany(server => server.Keys(pattern: $"*{storeId:N}*")).Select(key => key.ToString())];
}
