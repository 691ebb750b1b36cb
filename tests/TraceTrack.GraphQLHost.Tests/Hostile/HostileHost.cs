using System.Net.Http.Headers;
using System.Text.Json;
using TraceTrack.GraphQLHost.Tests.Server;

namespace TraceTrack.GraphQLHost.Tests.Hostile;

/// <summary>A running host to throw things at. Its rate limits are off, since they would protect it.</summary>
public sealed class HostileHost : IAsyncLifetime
{
    /// <summary>Not how long an answer may take, but what tells a slow computer from a host that hangs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private RunningHost _host = null!;
    private string _token = "";

    public async ValueTask InitializeAsync()
    {
        _host = await RunningHost.StartAsync(
            ("RateLimits:UserPerSecond", "0"), ("RateLimits:AnonymousPerSecond", "0"), ("RateLimits:LoginsPerMinute", "0"), ("RateLimits:LoginsPerMinuteOfAddress", "0"));
        _token = await _host.LogInAsync("Ada");
    }

    /// <summary>Sends a body and demands an answer that tells what is wrong with it, if anything, and is no failure of the server's.</summary>
    /// <returns>The status; 0 where the server closed the connection, which it may while it is sent more than it takes.</returns>
    public async Task<int> ThrowAsync(byte[] body, string what, bool anonymous = false)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = content };
        if (!anonymous)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        try
        {
            using var response = await _host.Client.SendAsync(request).WaitAsync(Patience);
            var text = await response.Content.ReadAsStringAsync().WaitAsync(Patience);
            var status = (int)response.StatusCode;
            Assert.True(status is 200 or 400 or 413, $"{what}: {status} {text}");
            var answer = JsonElement.Parse(text);
            Assert.True(answer.TryGetProperty("data", out _) || answer.TryGetProperty("errors", out _), $"{what}: {text}");
            Assert.False(text.Contains("\"INTERNAL\"", StringComparison.Ordinal), $"{what}: {text}");
            return status;
        }
        catch (HttpRequestException) when (body.Length > 1024 * 1024)
        {
            return 0;
        }
    }

    public async Task ServesAsync() => Assert.NotNull((await _host.AskAsync(_token, "{ totals { bags } }").WaitAsync(Patience)).Text("totals.bags"));

    /// <summary>What the server logged as failures of its own since it was last asked.</summary>
    internal IReadOnlyList<KeptLog> TakeFailures()
    {
        var failures = _host.Logs.All.Where(log => log.Id is 4001 or 4002).ToArray();
        _host.Logs.All.Clear();
        return failures;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}

/// <summary>Alone, since they measure what the whole process allocates.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HostileCollection : ICollectionFixture<HostileHost>
{
    public const string Name = "hostile";
}
