using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using GraphQLHost.Engines;
using GraphQLHost.Resolvers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TraceTrack;
using TraceTrack.Users;

namespace GraphQLHost.EndToEnd;

/// <summary>Engine, resolvers, rules and PostgreSQL, with no cache between them and no limit on a document: every look-up is a statement.</summary>
internal sealed class UncachedHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _database;

    private UncachedHost(WebApplication app, string database) => (_app, _database) = (app, database);

    public ITracker Tracker => As(new("u1", UserRole.Admin));

    public static async Task<UncachedHost> StartAsync(string connectionString)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseTestServer();
        builder.Services.AddRouting();
        builder.Services
            .AddTraceTrack(rules => (rules.ParentCapacity, rules.AllowIncompleteParents) = (300, true))
            .UsePostgres(connectionString)
            .MigrateOnStartup();
        builder.Services.AddTraceTrackGraphQL(limits => (limits.MaxComplexity, limits.MaxFields, limits.MaxDocumentBytes) = (int.MaxValue, 20_000, 1024 * 1024));
        var app = builder.Build();
        await app.StartAsync();
        return new(app, new NpgsqlConnectionStringBuilder(connectionString).Database!);
    }

    public ITracker As(Actor actor) => _app.Services.GetRequiredService<ITraceTrack>().As(actor);

    /// <summary>Asks, takes no errors for an answer, and tells which statements it took.</summary>
    public async Task<(JsonElement Data, IReadOnlyList<string> Statements)> AskAsync(string query)
    {
        using var trace = new Activity("query");
        trace.SetIdFormat(ActivityIdFormat.W3C).Start();
        using var sent = new SentStatements(_database, trace.TraceId);
        await using var scope = _app.Services.CreateAsyncScope();
        var context = new RequestContext("request", scope.ServiceProvider, CancellationToken.None) { Actor = Tracker.Actor };
        var result = await _app.Services.GetRequiredService<IGraphQLEngine>().ExecuteAsync(new(query, null, default, AllowMutations: true), context);
        var output = new ArrayBufferWriter<byte>();
        result.WriteTo(output, context.RequestId);
        var answer = JsonElement.Parse(output.WrittenSpan);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return (answer.GetProperty("data"), [.. sent.Texts]);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
