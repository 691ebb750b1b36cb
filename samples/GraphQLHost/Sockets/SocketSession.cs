using System.Buffers;
using System.Net.WebSockets;

namespace GraphQLHost.Sockets;

/// <summary>One connection: who has it, and the operations that run over it.</summary>
internal sealed class SocketSession : IAsyncDisposable
{
    /// <summary>Operations at once. Subscriptions have limits of their own beside it.</summary>
    public const int MostOperations = 1_000;

    private const int LongestId = 200;

    /// <summary>For a client to say who it is.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>For the last words to a client that may not be listening.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly WebSocket _socket;
    private readonly HttpContext _http;
    private readonly SocketParts _parts;
    private readonly string _requestId;
    private readonly CancellationTokenSource _gone;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly Dictionary<string, SocketOperation> _operations = new(StringComparer.Ordinal);
    private readonly HashSet<SocketOperation> _running = [];
    private volatile bool _isInitialised;
    private bool _isGoingAway;
    private volatile bool _isClosing;

    public SocketSession(WebSocket socket, HttpContext http, string requestId, SocketParts parts)
    {
        (_socket, _http, _requestId, _parts) = (socket, http, requestId, parts);
        _gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
    }

    /// <summary>Reads what the client says until one of the two, or the host, has had enough.</summary>
    public async Task RunAsync()
    {
        await using var patience = _parts.Events.Clock.CreateTimer(_ => _ = LosePatienceAsync(), null, Patience, Timeout.InfiniteTimeSpan);
        await using var end = _parts.End.Token.Register(() => _ = GoAwayAsync());
        try
        {
            while (await StepAsync())
            {
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            // The client has gone without a word.
        }
    }

    /// <summary>Sends whole messages, one after the other. One that has begun goes on whatever becomes of its operation: half a message would be the end of all.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the wait for those before.</param>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            if (_socket.State == WebSocketState.Open && !_isClosing)
                await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, _gone.Token);
        }
        catch (WebSocketException)
        {
            // The client has gone without a word.
            await _gone.CancelAsync();
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Before the client is told that an operation has ended: it may use the id again at once.</summary>
    public void Forget(SocketOperation operation)
    {
        lock (_operations)
        {
            if (_operations.TryGetValue(operation.Id, out var present) && present == operation)
                _operations.Remove(operation.Id);
        }
    }

    /// <summary>An operation has come to its end.</summary>
    public void Ended(SocketOperation operation)
    {
        lock (_operations)
        {
            Forget(operation);
            _running.Remove(operation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await EndedAsync();
        if (_socket.State == WebSocketState.CloseReceived)
            await CloseAsync(WebSocketCloseStatus.NormalClosure, "");
        _gone.Dispose();
        _sending.Dispose();
    }

    /// <returns>False when the client has said farewell.</returns>
    private async Task<bool> StepAsync()
    {
        try
        {
            if (await ReceiveAsync() is not { } message)
                return false;
            if (!_isClosing)
                await TakeAsync(message);
        }
        catch (SocketFailure failure)
        {
            // What it said before it hears of this is read, and nothing more.
            await CloseAsync(failure);
        }

        return true;
    }

    private async Task TakeAsync(SocketMessage message)
    {
        switch (message.Type)
        {
            case SocketMessage.Init when _isInitialised:
                throw SocketFailure.Twice();
            case SocketMessage.Init:
                SocketIdentity.Take(_http.Request, message.Payload);
                _isInitialised = true;
                await SendAsync(SocketMessage.Write(SocketMessage.Ack), _gone.Token);
                break;
            case SocketMessage.Ping:
                await SendAsync(SocketMessage.Write(SocketMessage.Pong), _gone.Token);
                break;
            case SocketMessage.Pong:
                break;
            case SocketMessage.Subscribe when !_isInitialised:
                throw SocketFailure.Unauthorized();
            case SocketMessage.Subscribe when message.Id is { Length: > 0 and <= LongestId } id:
                Begin(id, message);
                break;
            case SocketMessage.Complete when message.Id is { } id:
                await EndAsync(id);
                break;
            default:
                throw SocketFailure.Invalid("There is no such message, or it lacks its id.");
        }
    }

    private void Begin(string id, SocketMessage message)
    {
        lock (_operations)
        {
            if (_operations.ContainsKey(id))
                throw SocketFailure.Exists(id);
            if (_isGoingAway)
                return;
            var operation = new SocketOperation(this, _http, _parts, id, _requestId, _gone.Token);
            _operations.Add(id, operation);
            _running.Add(operation);
            operation.Begin(message.Payload, isOneTooMany: _running.Count > MostOperations);
        }
    }

    private async ValueTask EndAsync(string id)
    {
        SocketOperation? operation;
        lock (_operations)
            _operations.Remove(id, out operation);
        if (operation is not null)
            await operation.CancelAsync();
    }

    private async Task EndedAsync()
    {
        Task[] running;
        lock (_operations)
            running = [.. _running.Select(operation => operation.Running)];
        await Task.WhenAll(running);
    }

    private async Task LosePatienceAsync()
    {
        if (!_isInitialised)
            await CloseAsync(SocketFailure.Late());
    }

    /// <summary>The host is being stopped. Subscriptions end by themselves, and the connection after them.</summary>
    private async Task GoAwayAsync()
    {
        lock (_operations)
            _isGoingAway = true;
        await Task.WhenAny(EndedAsync(), Task.Delay(Farewell * 2));
        await CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "This server is being stopped.");
    }

    private Task CloseAsync(SocketFailure failure) => CloseAsync(failure.Status, failure.Message);

    private async Task CloseAsync(WebSocketCloseStatus status, string reason)
    {
        if (_isClosing)
            return;
        try
        {
            if (!await _sending.WaitAsync(Farewell))
            {
                // It does not read.
                _socket.Abort();
                return;
            }

            _isClosing = true;
            using var farewell = new CancellationTokenSource(Farewell);
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(status, reason, farewell.Token);
            _sending.Release();
            // For the client's own farewell.
            _gone.CancelAfter(Farewell);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It has gone already.
        }
    }

    /// <returns>Null when the client has said farewell.</returns>
    /// <exception cref="SocketFailure">What came is no message.</exception>
    private async ValueTask<SocketMessage?> ReceiveAsync()
    {
        var most = _parts.Events.Limits.MaxRequestBytes;
        var text = new ArrayBufferWriter<byte>();
        while (true)
        {
            var received = await _socket.ReceiveAsync(text.GetMemory(), _gone.Token);
            if (received.MessageType == WebSocketMessageType.Close)
                return null;
            text.Advance(received.Count);
            if (text.WrittenCount > most)
                throw SocketFailure.TooLong(most);
            if (received.MessageType == WebSocketMessageType.Binary)
                throw SocketFailure.Invalid("Messages are text.");
            if (received.EndOfMessage)
                return SocketMessage.Read(text.WrittenSpan);
        }
    }
}
