using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TraceTrack;
using TraceTrack.LocalServices;
using TraceTrack.Users;

namespace GraphQLHost.EndToEnd.Nodes;

/// <summary>Three hosts with servers of their own over one PostgreSQL and one Redis, and ways to hurt that Redis.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    public const int Nodes = 3;

    public const string Password = "a long enough password";

    private readonly List<WebApplication> _apps = [];
    private readonly List<HttpClient> _clients = [];
    private readonly LocalRedis _redis;
    private ConnectionMultiplexer? _surgeon;
    private bool _isRedisStopped;

    private Cluster(LocalRedis redis) => _redis = redis;

    public static async Task<Cluster> StartAsync(string database, IEnumerable<string> admins)
    {
        var redis = await LocalRedis.FindOrStartAsync(new LocalServicesOptions { Name = "nodes-test", Ephemeral = true }, NullLogger.Instance);
        if (redis is not { Owned: true })
        {
            var missing = "There is no redis-server to be stopped on this computer. " + LocalServicesAdvice.InstallRedis;
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail(missing);
            Assert.Skip(missing);
        }

        var cluster = new Cluster(redis);
        cluster._surgeon = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString + ",allowAdmin=true,abortConnect=false");
        for (var node = 0; node < Nodes; node++)
            await cluster.AddAsync(database);
        var hasher = cluster._apps[0].Services.GetRequiredService<IPasswordHasher<User>>();
        var users = cluster._apps[0].Services.GetRequiredService<ITraceTrack>().As(Actor.System).Users;
        foreach (var name in admins)
            await users.CreateAsync(new(name, UserRole.Admin, null, hasher.HashPassword(null!, Password)));
        return cluster;
    }

    /// <summary>A client of one node.</summary>
    public HttpClient Client(int node) => _clients[node];

    /// <summary>Asks one node. Whatever it says, it says it as an answer.</summary>
    public async Task<JsonElement> AskAsync(int node, string? token, string query, object? variables = null)
    {
        using var content = JsonContent.Create(new { query, variables });
        var (status, answer) = await SendAsync(node, token, "/graphql", content);
        Assert.True(status == 200, $"Node {node}: {status} {answer}");
        return JsonElement.Parse(answer);
    }

    /// <summary>Asks one node, and takes no errors for an answer.</summary>
    public async Task<JsonElement> DataAsync(int node, string? token, string query, object? variables = null)
    {
        var answer = await AskAsync(node, token, query, variables);
        Assert.False(answer.TryGetProperty("errors", out var errors), $"Node {node}: {errors} for {query}");
        return answer.GetProperty("data");
    }

    public async Task<(int Status, string Answer)> ImportAsync(int node, string token, Guid id, string csv)
    {
        using var content = new StringContent(csv, Encoding.UTF8, "text/csv");
        return await SendAsync(node, token, $"/import?onExisting=update&importId={id}", content);
    }

    /// <summary>Every node loses its connections, those it hears messages by too.</summary>
    public async Task CutConnectionsAsync()
    {
        var database = _surgeon!.GetDatabase();
        await database.ExecuteAsync("CLIENT", "KILL", "TYPE", "pubsub");
        await database.ExecuteAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    }

    public async Task StopRedisAsync()
    {
        _isRedisStopped = true;
        await _surgeon!.DisposeAsync();
        await _redis.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        foreach (var app in _apps)
            await app.DisposeAsync();
        if (!_isRedisStopped)
            await StopRedisAsync();
    }

    private async Task AddAsync(string database)
    {
        var app = HostApplication.Build(new HostSettings
        {
            ConnectionString = database,
            RedisConfiguration = _redis.ConnectionString,
            Urls = "http://127.0.0.1:0",
            Rules = rules => rules.AllowIncompleteParents = true,
            Configure = builder =>
            {
                builder.Logging.ClearProviders();
                builder.Configuration.AddInMemoryCollection([new("RateLimits:LoginsPerMinute", "0")]);
                builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = 100);
            },
        });
        _apps.Add(app);
        await app.StartAsync();
        _clients.Add(new() { BaseAddress = new(app.Urls.First()) });
    }

    private async Task<(int Status, string Answer)> SendAsync(int node, string? token, string url, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        using var response = await _clients[node].SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
