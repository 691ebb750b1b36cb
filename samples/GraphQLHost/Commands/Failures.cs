using Microsoft.Extensions.Options;
using Npgsql;
using TraceTrack;
using TraceTrack.LocalServices;

namespace GraphQLHost.Commands;

/// <summary>A command that cannot do what was asked, with a sentence for the person who asked.</summary>
internal sealed class CommandFailedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Turns what users can cause or mend into one line and an exit code. Everything else is a bug and shows where it was.</summary>
internal static class Failures
{
    public const int Ok = 0;
    public const int Failed = 1;

    /// <summary>128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;

    public static async Task<int> GuardAsync(Func<Task<int>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (Exception error) when (cancellationToken.IsCancellationRequested && error.GetBaseException() is OperationCanceledException or PostgresException { SqlState: PostgresErrorCodes.QueryCanceled })
        {
            await Console.Error.WriteLineAsync("Interrupted.");
            return Interrupted;
        }
        catch (Exception error) when (Explain(error) is { } message)
        {
            await Console.Error.WriteLineAsync(message);
            return Failed;
        }
    }

    private static string? Explain(Exception error) => error switch
    {
        TraceTrackException known => $"{known.Code}: {known.Message}",
        OptionsValidationException settings => string.Join(Environment.NewLine, settings.Failures),
        CommandFailedException or LocalServiceException => error.Message,
        NpgsqlException { InnerException: { } cause } => $"PostgreSQL: {error.Message} ({cause.Message})",
        NpgsqlException => $"PostgreSQL: {error.Message}",
        IOException or UnauthorizedAccessException => error.Message,
        _ => null,
    };
}
