using GraphQLHost.Engines;
using GraphQLHost.Http;
using GraphQLHost.Live;
using GraphQLHost.Observability;
using GraphQLHost.RateLimits;
using GraphQLHost.Server;
using TraceTrack;

namespace GraphQLHost.Sockets;

/// <summary>What every socket works with.</summary>
internal sealed record SocketParts(
    OperationWatch Operations, EventPump Pump, EventParts Events, LiveEnd End, SocketRateLimit RateLimit, ErrorTranslator Errors);

/// <summary>
/// Takes WebSockets of the protocol <c>graphql-transport-ws</c>, for clients that have nothing else: the same operations, identity and limits as
/// over HTTP, with either engine.
/// </summary>
internal sealed class SocketHandler(SocketParts parts, ServerSettings? server = null)
{
    public const string Protocol = "graphql-transport-ws";

    /// <exception cref="HttpFailure">The client asks for another protocol, or its page is of an origin that may not call.</exception>
    public async Task HandleAsync(HttpContext http, string requestId)
    {
        if (!http.WebSockets.WebSocketRequestedProtocols.Contains(Protocol, StringComparer.Ordinal))
            throw HttpFailure.BadRequest($"The subprotocol of a WebSocket is {Protocol}.");
        if (!MayCall(http.Request))
            throw new HttpFailure(StatusCodes.Status403Forbidden, ErrorCodes.NotAllowed, "Pages of this origin may not call this host.");
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = Protocol,
            KeepAliveInterval = parts.Events.Settings.KeepAlive,
            // Of one that has gone without a word.
            KeepAliveTimeout = parts.Events.Settings.KeepAlive,
        });
        await using var session = new SocketSession(socket, http, requestId, parts);
        await session.RunAsync();
    }

    /// <summary>Browsers open sockets to any origin and say from which; what CORS is to requests, this is to them.</summary>
    private bool MayCall(HttpRequest request) => request.Headers.Origin is not [{ } origin]
        || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase))
        || (server is not null && (server.CorsOrigins.Contains("*") || server.CorsOrigins.Contains(origin)));
}
