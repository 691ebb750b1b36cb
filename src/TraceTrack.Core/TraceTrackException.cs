namespace TraceTrack;

/// <summary>Every error a caller can cause or must handle. Unexpected failures (a lost server, a bug) keep their own types.</summary>
/// <param name="code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="message">A sentence for a person; never holds secrets, SQL or facts the actor may not see.</param>
/// <param name="inner">The cause, if another exception led here.</param>
public class TraceTrackException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Stable UPPER_SNAKE code, one of <see cref="ErrorCodes"/>; safe to switch on and to show to API clients.</summary>
    public string Code { get; } = code;
}

/// <summary>The caller's input does not have the required form. Nothing was written.</summary>
/// <param name="code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="message">What was wrong and what is expected.</param>
public sealed class InvalidInputException(string code, string message) : TraceTrackException(code, message);

/// <summary>The thing asked for does not exist, or the actor may not see it; the two are not told apart. Nothing was written.</summary>
/// <param name="code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="message">What was not found.</param>
public sealed class NotFoundException(string code, string message) : TraceTrackException(code, message);

/// <summary>The actor's role or area does not allow the operation. Nothing was written.</summary>
/// <param name="message">What is not allowed, and to whom it is.</param>
public sealed class NotAllowedException(string message) : TraceTrackException(ErrorCodes.NotAllowed, message);

/// <summary>The current state forbids the change: a duplicate, a stale version, a locked bill. Nothing was written.</summary>
/// <param name="code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="message">Which state stands in the way.</param>
public sealed class ConflictException(string code, string message) : TraceTrackException(code, message)
{
    /// <summary>The version the caller named, when the code is <see cref="ErrorCodes.StaleVersion"/>; else null.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>The version that is stored, when the code is <see cref="ErrorCodes.StaleVersion"/>; else null.</summary>
    public long? ActualVersion { get; init; }
}
