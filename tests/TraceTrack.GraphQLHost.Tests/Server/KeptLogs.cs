using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TraceTrack.GraphQLHost.Tests.Server;

/// <param name="Category">Who wrote it.</param>
/// <param name="Id">The event's number.</param>
/// <param name="Text">Message and exception.</param>
/// <param name="Scopes">What was around it, outermost first.</param>
internal sealed record KeptLog(string Category, int Id, string Text, string[] Scopes);

/// <summary>Keeps everything that is logged, with its scopes.</summary>
internal sealed class KeptLogs : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ConcurrentQueue<KeptLog> All { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Logger(KeptLogs logs, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logs._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scopes = new List<string>();
            logs._scopes.ForEachScope((scope, list) => list.Add(scope?.ToString() ?? ""), scopes);
            logs.All.Enqueue(new(category, eventId.Id, $"{formatter(state, exception)} {exception}", [.. scopes]));
        }
    }
}
