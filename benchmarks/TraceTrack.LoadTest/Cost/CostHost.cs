using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GraphQLHost;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraceTrack.Users;

namespace TraceTrack.LoadTest.Cost;

/// <summary>The reference host in this process, on a port of its own, and an admin who is logged in. It has read nothing yet.</summary>
internal sealed class CostHost : IAsyncDisposable
{
    private const string Path = HostApplication.GraphQLPath;

    private readonly WebApplication _app;
    // It shows answers as they come: nothing is unpacked.
    private readonly HttpClient _client;

    private CostHost(WebApplication app) => (_app, _client) = (app, new() { BaseAddress = new(app.Urls.First()) });

    public static async Task<CostHost> StartAsync(BenchDatabase database, CancellationToken cancellation)
    {
        var app = HostApplication.Build(new HostSettings
        {
            ConnectionString = database.ConnectionString,
            Urls = "http://127.0.0.1:0",
            Configure = builder => builder.Logging.ClearProviders(),
        });
        await app.StartAsync(cancellation);
        var host = new CostHost(app);
        var (name, password) = ($"cost{Guid.NewGuid():N}", Guid.NewGuid().ToString("N"));
        var hash = app.Services.GetRequiredService<IPasswordHasher<User>>().HashPassword(null!, password);
        await database.Tracker.Users.CreateAsync(new(name, UserRole.Admin, null, hash), cancellation);
        var answer = await host.AskAsync($$"""mutation { login(userName: "{{name}}", password: "{{password}}") { token } }""", cancellation);
        host._client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", answer.GetProperty("login").GetProperty("token").GetString());
        // The session is in memory from now on.
        await host.AskAsync("{ me { id } }", cancellation);
        return host;
    }

    /// <summary>Asks, and takes no errors for an answer.</summary>
    public async Task<JsonElement> AskAsync(string query, CancellationToken cancellation)
    {
        using var response = await _client.PostAsJsonAsync(Path, new { query }, cancellation);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        return answer.TryGetProperty("errors", out var errors) ? throw new InvalidOperationException(errors.ToString()) : answer.GetProperty("data");
    }

    /// <returns>The answer as it came, and its encoding.</returns>
    public async Task<(byte[] Body, string? Encoding)> FetchAsync(string query, string? acceptedEncoding, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(new { query }) };
        if (acceptedEncoding is not null)
            request.Headers.AcceptEncoding.Add(new(acceptedEncoding));
        using var response = await _client.SendAsync(request, cancellation);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadAsByteArrayAsync(cancellation), response.Content.Headers.ContentEncoding.SingleOrDefault());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }
}
