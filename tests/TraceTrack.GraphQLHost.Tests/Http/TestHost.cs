using System.Text;
using System.Text.Encodings.Web;
using GraphQLHost.Engines;
using GraphQLHost.Http;
using GraphQLHost.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
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
        builder.Services.AddIdentity(new IdentitySettings { Scheme = "one token" });
        builder.Services.AddAuthenticationCore(authentication => authentication.AddScheme<OneToken>("one token", displayName: null));
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

    private sealed class OneToken(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IdentitySettings identity)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(BearerToken.Of(Request) switch
        {
            null => AuthenticateResult.NoResult(),
            GoodToken => AuthenticateResult.Success(new(ActorClaims.ToPrincipal(Kim, identity), Scheme.Name)),
            "broken" => AuthenticateResult.Fail(new IdentityUnavailableException(new InvalidDataException("secret"))),
            _ => AuthenticateResult.Fail("No such token."),
        });

        private static readonly User Kim = new() { Id = "kim", Name = "Kim", Role = UserRole.Biller };
    }
}
