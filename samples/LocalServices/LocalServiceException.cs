namespace TraceTrack.LocalServices;

/// <summary>A service that is installed could not be started. The message says why and ends with the last lines of the server's log.</summary>
public sealed class LocalServiceException : Exception
{
    public LocalServiceException()
    {
    }

    public LocalServiceException(string message)
        : base(message)
    {
    }

    public LocalServiceException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
