using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using GraphQLHost.Bulk;
using GraphQLHost.Http;
using GraphQLHost.Resolvers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests.Warehouse;

/// <summary>The whole host over the in-memory store, asked through HTTP.</summary>
internal sealed class WarehouseHost : IAsyncDisposable
{
    public const string Password = "correct horse";

    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private WarehouseHost(WebApplication app, CollectedLogs logs, List<string> storeCalls) =>
        (_app, _client, Logs, StoreCalls) = (app, app.GetTestClient(), logs, storeCalls);

    public IServiceProvider Services => _app.Services;

    public HttpClient Client => _client;

    public CollectedLogs Logs { get; }

    /// <summary>Names of the reads that reached the stores of bags and bills.</summary>
    public List<string> StoreCalls { get; }

    public static async Task<WarehouseHost> StartAsync(Action<TraceTrackOptions>? configure = null, Action<IServiceCollection>? services = null, Action<ImportLimits>? imports = null)
    {
        var logs = new CollectedLogs();
        var calls = new List<string>();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseTestServer();
        builder.Logging.AddProvider(logs);
        builder.Services.AddRouting();
        builder.Services.AddTraceTrack(configure).UseInMemory();
        Count<IBagStore>(builder.Services, calls);
        Count<IBillStore>(builder.Services, calls);
        services?.Invoke(builder.Services);
        builder.Services.AddTraceTrackGraphQL();
        builder.Services.AddBulkHttp(imports);
        // Tests hash hundreds of passwords and prove nothing about hashing.
        builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = 100);
        var app = builder.Build();
        app.UseRouting();
        app.MapGraphQL("/graphql");
        app.MapBulk();
        await app.StartAsync();
        var hasher = app.Services.GetRequiredService<IPasswordHasher<User>>();
        var users = app.Services.GetRequiredService<ITraceTrack>().As(Actor.System).Users;
        foreach (var (name, role, area) in new[] { ("Ada", UserRole.Admin, null), ("Bill", UserRole.Biller, null), ("Dora", UserRole.Dispatcher, "NORTH"), ("Sam", UserRole.Dispatcher, "SOUTH") })
            await users.CreateAsync(new(name, role, area, hasher.HashPassword(null!, Password)));
        return new(app, logs, calls);
    }

    public async Task<Reply> AskAsync(string? token, string query, object? variables = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }) };
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        using var response = await _client.SendAsync(request);
        return new((int)response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Sends what is no GraphQL.</summary>
    public async Task<HttpResponseMessage> SendAsync(string? token, HttpMethod method, string url, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, url) { Content = content };
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        return await _client.SendAsync(request);
    }

    public async Task AddUserAsync(string name, UserRole role, string? area)
    {
        var hasher = Services.GetRequiredService<IPasswordHasher<User>>();
        await Services.GetRequiredService<ITraceTrack>().As(Actor.System).Users.CreateAsync(new(name, role, area, hasher.HashPassword(null!, Password)));
    }

    public async Task<string> LogInAsync(string userName)
    {
        var reply = await AskAsync(null, "mutation($n: String!, $p: String!) { login(userName: $n, password: $p) { token } }", new { n = userName, p = Password });
        return reply.Text("login.token")!;
    }

    /// <summary>Records a scan with an id of its own and gives the payload's outcome, reason and detail.</summary>
    public async Task<Reply> ScanAsync(string token, string action, string? qr, string? parent = null, string? bill = null, Guid? id = null) =>
        await AskAsync(token, """
            mutation($input: RecordScanInput!) {
              recordScan(input: $input) {
                outcome replay reason detail
                scan { id action outcome reason detail qr parentQr fromParentQr billNumber undoes actorId area scannedAt recordedAt }
                bag { qr kind status area childCount contentWeightKg parent { qr } bill { number } }
                parent { qr status childCount contentWeightKg children { qr } }
                fromParent { qr childCount }
                bill { number status parentCount actualWeightKg expectedWeightKg varianceKg }
              }
            }
            """, new { input = new { scanId = id ?? Guid.CreateVersion7(), action, qr, parent, bill } });

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    private static void Count<T>(IServiceCollection services, List<string> calls)
        where T : class
    {
        var descriptor = services.Single(service => service.ServiceType == typeof(T));
        services.Remove(descriptor);
        services.AddSingleton(provider =>
        {
            var counted = DispatchProxy.Create<T, CountingProxy<T>>();
            ((CountingProxy<T>)(object)counted).Watch((T)ActivatorUtilities.CreateInstance(provider, descriptor.ImplementationType!), calls);
            return counted;
        });
    }
}

/// <summary>Passes every call on and writes its name down. Public and open, since the proxy is made from it while the tests run.</summary>
public class CountingProxy<T> : DispatchProxy
    where T : class
{
    private T _inner = null!;
    private ICollection<string> _calls = null!;

    public void Watch(T inner, ICollection<string> calls) => (_inner, _calls) = (inner, calls);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        lock (_calls)
            _calls.Add($"{typeof(T).Name}.{targetMethod!.Name}");
        return targetMethod.Invoke(_inner, args);
    }
}

internal sealed record Reply(int Status, JsonElement Json)
{
    public JsonElement Data => Json.GetProperty("data");

    public string? Code => Json.TryGetProperty("errors", out var errors) ? errors[0].GetProperty("extensions").GetProperty("code").GetString() : null;

    /// <summary>The text of a value below data, by a path such as <c>bag.children.0.qr</c>; null for null.</summary>
    public string? Text(string path)
    {
        Assert.True(Code is null, Json.GetRawText());
        var value = Data;
        foreach (var part in path.Split('.'))
            value = value.ValueKind == JsonValueKind.Array ? value[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)] : value.GetProperty(part);
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            _ => value.GetRawText(),
        };
    }
}
