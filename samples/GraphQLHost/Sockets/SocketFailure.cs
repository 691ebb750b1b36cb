using System.Net.WebSockets;

namespace GraphQLHost.Sockets;

/// <summary>The client broke the protocol; its connection is closed with the protocol's own code.</summary>
/// <param name="status">The code.</param>
/// <param name="reason">Told to the client; at most 123 bytes.</param>
internal sealed class SocketFailure(WebSocketCloseStatus status, string reason) : Exception(reason)
{
    private const int InvalidMessage = 4400;
    private const int NotInitialised = 4401;
    private const int InitialisationTimeout = 4408;
    private const int SubscriberExists = 4409;
    private const int InitialisedAlready = 4429;

    public WebSocketCloseStatus Status => status;

    public static SocketFailure Invalid(string reason) => Of(InvalidMessage, reason);

    public static SocketFailure Unauthorized() => Of(NotInitialised, "Unauthorized");

    public static SocketFailure Late() => Of(InitialisationTimeout, "Connection initialisation timeout");

    /// <param name="id">Its beginning is told.</param>
    public static SocketFailure Exists(string id) => Of(SubscriberExists, $"Subscriber for {(id.Length > 20 ? id[..20] : id)} already exists");

    public static SocketFailure Twice() => Of(InitialisedAlready, "Too many initialisation requests");

    public static SocketFailure TooLong(int mostBytes) => new(WebSocketCloseStatus.MessageTooBig, $"A message has at most {mostBytes} bytes.");

    private static SocketFailure Of(int status, string reason) => new((WebSocketCloseStatus)status, reason);
}
