using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using GraphQLHost;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraceTrack.GraphQLHost.Tests.Warehouse;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests.Server;

/// <summary>The host as it is deployed, with its own server on a port of this computer, over a warehouse in memory.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    public const string Password = "correct horse";

    private RunningHost(WebApplication app, KeptLogs logs) => (App, Logs, Client) = (app, logs, new() { BaseAddress = new(app.Urls.First()) });

    public WebApplication App { get; }

    public KeptLogs Logs { get; }

    public HttpClient Client { get; }

    public static Task<RunningHost> StartAsync(params (string Key, string Value)[] settings) => StartAsync(null, settings);

    public static async Task<RunningHost> StartAsync(Action<IServiceCollection>? services, params (string Key, string Value)[] settings)
    {
        var logs = new KeptLogs();
        var app = HostApplication.Build(new HostSettings
        {
            Urls = "http://127.0.0.1:0",
            Configure = builder =>
            {
                builder.Configuration.AddInMemoryCollection(settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value));
                builder.Logging.ClearProviders().AddProvider(logs);
                // Tests hash often and prove nothing about hashing.
                builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = 100);
                services?.Invoke(builder.Services);
            },
        });
        await app.StartAsync();
        var hasher = app.Services.GetRequiredService<IPasswordHasher<User>>();
        var users = app.Services.GetRequiredService<ITraceTrack>().As(Actor.System).Users;
        foreach (var (name, role) in new[] { ("Ada", UserRole.Admin), ("Bill", UserRole.Biller), ("Dora", UserRole.Dispatcher) })
            await users.CreateAsync(new(name, role, null, hasher.HashPassword(null!, Password)));
        return new(app, logs);
    }

    public async Task<string> LogInAsync(string name) =>
        (await AskAsync(null, "mutation($n: String!, $p: String!) { login(userName: $n, password: $p) { token } }", new { n = name, p = Password })).Text("login.token")!;

    public async Task<Reply> AskAsync(string? token, string query, object? variables = null)
    {
        using var response = await SendAsync(token, HttpMethod.Post, "/graphql", JsonContent.Create(new { query, variables }));
        return new((int)response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    public async Task<HttpResponseMessage> SendAsync(
        string? token, HttpMethod method, string url, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, url) { Content = content };
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request);
    }

    /// <summary>Sends bytes as they are, and gives what comes back until the server closes the connection.</summary>
    public async Task<string> SendRawAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Client.BaseAddress!.Host, Client.BaseAddress.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }
}
