using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace TraceTrack.GraphQLHost.Tests.Live;

/// <summary>A client of <c>graphql-transport-ws</c>.</summary>
internal sealed class SocketClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket;

    private SocketClient(ClientWebSocket socket) => _socket = socket;

    /// <summary>Connects, and says who it is.</summary>
    public static async Task<SocketClient> OpenAsync(Uri host, string? token)
    {
        var client = await ConnectAsync(host);
        await client.SendAsync(token is null ? """{"type":"connection_init"}""" : $$$"""{"type":"connection_init","payload":{"Authorization":"Bearer {{{token}}}"}}""");
        Assert.Equal("connection_ack", (await client.ReadAsync()).GetProperty("type").GetString());
        return client;
    }

    public static async Task<SocketClient> ConnectAsync(Uri host, string? protocol = "graphql-transport-ws", string? origin = null)
    {
        var socket = new ClientWebSocket();
        if (protocol is not null)
            socket.Options.AddSubProtocol(protocol);
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(new UriBuilder(host) { Scheme = "ws", Path = "/graphql" }.Uri, CancellationToken.None).WaitAsync(Patience);
        }
        catch (WebSocketException)
        {
            throw new HttpRequestException(null, null, socket.HttpStatusCode);
        }

        Assert.Equal(protocol, socket.SubProtocol);
        return new(socket);
    }

    public Task SubscribeAsync(string id, string query, object? variables = null) =>
        SendAsync(JsonSerializer.Serialize(new { id, type = "subscribe", payload = new { query, variables } }));

    public Task CompleteAsync(string id) => SendAsync(JsonSerializer.Serialize(new { id, type = "complete" }));

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public async Task SendAsync(byte[] message, WebSocketMessageType type) => await _socket.SendAsync(message, type, endOfMessage: true, CancellationToken.None);

    /// <summary>The next message.</summary>
    public async Task<JsonElement> ReadAsync()
    {
        var (text, closed) = await ReceiveAsync();
        Assert.True(closed is null, $"Closed: {closed}");
        return JsonElement.Parse(text);
    }

    /// <summary>The next message, which is of this operation and type.</summary>
    public async Task<Told> ReadAsync(string id, string type)
    {
        var message = await ReadAsync();
        Assert.Equal((id, type), (message.GetProperty("id").GetString(), message.GetProperty("type").GetString()));
        return new(type, message.TryGetProperty("payload", out var payload) ? payload : default);
    }

    /// <summary>The code of the one error that refuses an operation.</summary>
    public async Task<string?> RefusalAsync(string id) =>
        Assert.Single((await ReadAsync(id, "error")).Json.EnumerateArray()).GetProperty("extensions").GetProperty("code").GetString();

    /// <summary>The code that the host closes with, once everything else was read.</summary>
    public async Task<int> ClosedAsync()
    {
        while (true)
        {
            if ((await ReceiveAsync()).Closed is { } closed)
                return closed;
        }
    }

    /// <summary>Says farewell and waits for the host's.</summary>
    public async Task CloseAsync() => await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None).WaitAsync(Patience);

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<(byte[] Text, int? Closed)> ReceiveAsync()
    {
        var buffer = new byte[1024 * 1024];
        var length = 0;
        while (true)
        {
            var received = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None).AsTask().WaitAsync(Patience);
            if (received.MessageType == WebSocketMessageType.Close)
                return ([], (int)_socket.CloseStatus!.Value);
            length += received.Count;
            if (received.EndOfMessage)
                return (buffer[..length], null);
        }
    }
}
