using System.Text;
using GraphQLHost.Engines;
using GraphQLHost.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests.Http;

/// <summary>The HTTP layer over the boxes: everything of the host but the warehouse.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    public const string GoodToken = "good-token";

    private readonly WebApplication _app;

    private TestHost(WebApplication app, CollectedLogs logs) => (_app, Client, Logs) = (app, app.GetTestClient(), logs);

    public HttpClient Client { get; }

    public CollectedLogs Logs { get; }

    public static async Task<TestHost> StartAsync(Action<GraphQLLimits>? limits = null)
    {
        var logs = new CollectedLogs();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseTestServer();
        builder.Logging.AddProvider(logs);
        builder.Services.AddRouting();
        builder.Services.AddGraphQLHttp(limits);
        builder.Services.AddGraphQLEngine(Boxes.Sdl, new Boxes().Table);
        builder.Services.AddSingleton<IAuthenticator, OneToken>();
        var app = builder.Build();
        app.UseRouting();
        app.MapGraphQL("/graphql");
        await app.StartAsync();
        return new(app, logs);
    }

    public Task<HttpResponseMessage> PostAsync(
        string body, string? accept = null, string contentType = "application/json", string? authorization = null) =>
        SendAsync(HttpMethod.Post, "/graphql", Content(Encoding.UTF8.GetBytes(body), contentType), accept, authorization);

    public Task<HttpResponseMessage> GetAsync(string query, string? accept = null) =>
        SendAsync(HttpMethod.Get, $"/graphql?{query}", null, accept, null);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string url, HttpContent? content, string? accept, string? authorization)
    {
        using var request = new HttpRequestMessage(method, url) { Content = content };
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await Client.SendAsync(request);
    }

    public static ByteArrayContent Content(byte[] body, string contentType)
    {
        var content = new ByteArrayContent(body);
        if (contentType.Length > 0)
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return content;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class OneToken : IAuthenticator
    {
        public ValueTask<Actor?> AuthenticateAsync(string token, CancellationToken cancellationToken) => token switch
        {
            GoodToken => new(new Actor("kim", UserRole.Biller)),
            "broken" => throw new InvalidDataException("secret"),
            _ => new((Actor?)null),
        };
    }
}
