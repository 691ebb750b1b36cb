using System.Buffers;
using System.Text.Json;
using GraphQLHost.Engines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests;

/// <summary>The engine the host was built with, without HTTP around it.</summary>
internal sealed class TestEngine : IDisposable
{
    private static readonly Actor Somebody = new("somebody", UserRole.Admin);

    private readonly ServiceProvider _services;
    private readonly IGraphQLEngine _engine;

    public TestEngine(ResolverTable table, string sdl = Boxes.Sdl, GraphQLLimits? limits = null)
    {
        _services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(Logs))
            .AddSingleton(limits ?? new())
            .AddSingleton<ErrorTranslator>()
            .AddGraphQLEngine(sdl, table)
            .BuildServiceProvider();
        _engine = _services.GetRequiredService<IGraphQLEngine>();
    }

    public CollectedLogs Logs { get; } = new();

    public async Task<Answer> AskAsync(
        string query, string? variables = null, string? operationName = null, bool anonymous = false, CancellationToken cancellationToken = default)
    {
        var context = new RequestContext("request-1", _services, cancellationToken) { Actor = anonymous ? null : Somebody };
        var json = variables is null ? default : JsonElement.Parse(variables);
        var result = await _engine.ExecuteAsync(new(query, operationName, json, AllowMutations: true), context);
        var output = new ArrayBufferWriter<byte>();
        result.WriteTo(output, context.RequestId);
        return new(result.Outcome, JsonElement.Parse(output.WrittenSpan));
    }

    public void Dispose() => _services.Dispose();
}

internal sealed record Answer(GraphQLOutcome Outcome, JsonElement Json)
{
    public JsonElement Data => Json.GetProperty("data");

    public JsonElement[] Errors => Json.TryGetProperty("errors", out var errors) ? [.. errors.EnumerateArray()] : [];

    public string? Code => Errors is [var only] ? only.GetProperty("extensions").GetProperty("code").GetString() : null;

    public Answer WithoutErrors()
    {
        Assert.True(Errors.Length == 0, Json.GetRawText());
        return this;
    }
}

internal sealed class CollectedLogs : ILoggerProvider, ILogger
{
    private const int SlowOperation = 4005;

    public List<string> Messages { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        // On a busy machine anything may be slow, and says so.
        if (eventId.Id == SlowOperation)
            return;
        lock (Messages)
            Messages.Add($"{formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
