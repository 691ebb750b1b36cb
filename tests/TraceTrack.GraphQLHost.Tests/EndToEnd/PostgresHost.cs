using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GraphQLHost.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack;
using TraceTrack.Users;

namespace GraphQLHost.EndToEnd;

/// <summary>The host as ./run starts it, on a database of a test or in memory, with its first admin; asked through HTTP.</summary>
internal sealed class PostgresHost : IAsyncDisposable
{
    private const string Password = "a long enough password";

    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private PostgresHost(WebApplication app) => (_app, _client) = (app, new() { BaseAddress = new(app.Urls.First()) });

    public ITraceTrack TraceTrack => _app.Services.GetRequiredService<ITraceTrack>();

    public AuthenticationHeaderValue? Session
    {
        get => _client.DefaultRequestHeaders.Authorization;
        set => _client.DefaultRequestHeaders.Authorization = value;
    }

    public static async Task<PostgresHost> StartAsync(string? connectionString)
    {
        var app = HostApplication.Build(new HostSettings { ConnectionString = connectionString, Urls = "http://127.0.0.1:0", Rules = rules => rules.ParentCapacity = 1 });
        await app.StartAsync();
        var host = new PostgresHost(app);
        var hasher = app.Services.GetRequiredService<IPasswordHasher<User>>();
        await new FirstAdmin(host.TraceTrack, hasher, name => name == FirstAdmin.PasswordVariable ? Password : null).EnsureAsync(CancellationToken.None);
        return host;
    }

    public async Task LogInAsync()
    {
        var answer = await AskAsync($$"""mutation { login(userName: "Admin", password: "{{Password}}") { token } }""");
        Session = new("Bearer", answer.GetProperty("login").GetProperty("token").GetString());
    }

    /// <summary>Asks, and takes no errors for an answer.</summary>
    public async Task<JsonElement> AskAsync(string query)
    {
        using var response = await _client.PostAsJsonAsync("/graphql", new { query });
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data");
    }

    /// <summary>Sends what is no GraphQL.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string url, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, url) { Content = content };
        return await _client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }
}
