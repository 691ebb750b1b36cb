using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TraceTrack.Caching;

/// <summary>A port that leads to a server, and that a test can shut (connections break), or block (they stay, and nothing passes).</summary>
internal sealed class NetworkGate : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _connections = new();
    private readonly (string Host, int Port) _target;
    private readonly Task _accepting;
    private volatile bool _shut;
    private volatile bool _blocked;

    public NetworkGate(string host, int port)
    {
        _target = (host, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Shut()
    {
        _shut = true;
        foreach (var connection in _connections.Keys)
            connection.Close();
        _connections.Clear();
    }

    public void Block() => _blocked = true;

    public void Open() => (_shut, _blocked) = (false, false);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Shut();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }

            if (_shut)
                client.Close();
            else
                _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            var server = new TcpClient();
            _connections[client] = _connections[server] = true;
            await server.ConnectAsync(_target.Host, _target.Port);
            await Task.WhenAny(PassAsync(client, server), PassAsync(server, client));
            client.Close();
            server.Close();
        }
        catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException)
        {
            client.Close();
        }
    }

    private async Task PassAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is > 0 and var count)
            {
                while (_blocked)
                    await Task.Delay(5);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The other side is gone: that is what the gate is for.
        }
    }
}
