using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace TraceTrack;

/// <summary>
/// Logs where the application logs, and nowhere when it has no logging (a unit test's bare container). Registered with TryAdd, and
/// harmless when it came before the application's own AddLogging, since it asks for the factory when it is made.
/// </summary>
internal sealed class FallbackLogger<T>(IServiceProvider services) : ILogger<T>
{
    private readonly ILogger _logger =
        (services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger(typeof(T).FullName ?? typeof(T).Name);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => _logger.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => _logger.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _logger.Log(logLevel, eventId, state, exception, formatter);
}
