using Microsoft.Extensions.Logging;
using Npgsql;
using Polly;
using Polly.Retry;

namespace TraceTrack.Postgres;

/// <summary>Which faults are tried again, and how.</summary>
internal static class Retries
{
    public static ResiliencePipeline Pipeline(int maxRetries, Func<Exception, bool> handles, ILogger logger, PostgresMeter meter)
    {
        if (maxRetries == 0)
            return ResiliencePipeline.Empty;
        return new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is { } error && handles(error)),
            MaxRetryAttempts = maxRetries,
            Delay = TimeSpan.FromMilliseconds(50),
            MaxDelay = TimeSpan.FromSeconds(2),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            OnRetry = args =>
            {
                meter.TryingAgain(args.Outcome.Exception);
                Log.TryingAgain(logger, args.AttemptNumber + 1, args.Outcome.Exception);
                return ValueTask.CompletedTask;
            },
        }).Build();
    }

    /// <summary>A lost connection, a server that restarts, a deadlock: the outcome may be unknown.</summary>
    public static bool IsTransient(Exception error) => error is StaleLocksException or NpgsqlException { IsTransient: true };

    /// <summary>The server rolled the transaction back, or never began it.</summary>
    public static bool IsRolledBack(Exception error) =>
        error is StaleLocksException or PostgresException
        {
            SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.TooManyConnections
        };
}

/// <summary>The rows changed between finding and locking them; the work begins anew.</summary>
internal sealed class StaleLocksException() : Exception("The locked rows were stale.");
