using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace TraceTrack.Postgres.Tests.Support;

/// <summary>A port that leads to the server. Once armed, the next commit reaches the server, and its answer never comes back.</summary>
internal sealed class CutAfterCommit : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly NpgsqlConnectionStringBuilder _target;
    private readonly Task _accepting;
    private int _armed;
    private int _cuts;

    public CutAfterCommit(string connectionString)
    {
        _target = new(connectionString);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>No preparing, so that a commit is to be seen in what is sent.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(_target.ConnectionString)
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        MaxAutoPrepare = 0,
    }.ConnectionString;

    // As statement and as its answer; "READ COMMITTED" is another.
    private static ReadOnlySpan<byte> Commit => "COMMIT\0"u8;

    public int Cuts => _cuts;

    public void Arm() => Volatile.Write(ref _armed, 1);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient accepted)
    {
        using var client = accepted;
        using var server = await ConnectAsync();
        await using var up = client.GetStream();
        await using var down = new NetworkStream(server);
        var committing = false;
        try
        {
            await Task.WhenAny(
                PassAsync(up, down, bytes =>
                {
                    committing |= bytes.Span.IndexOf(Commit) >= 0 && Interlocked.Exchange(ref _armed, 0) == 1;
                    return true;
                }),
                PassAsync(down, up, bytes =>
                {
                    if (!committing)
                        return true;
                    // What the server says of the statements before is kept back too: it comes in one answer with the commit's.
                    if (bytes.Span.IndexOf(Commit) < 0)
                        return false;
                    Interlocked.Increment(ref _cuts);
                    client.Close();
                    return false;
                }));
        }
        catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private async Task<Socket> ConnectAsync()
    {
        var isSocketFile = _target.Host!.StartsWith('/');
        EndPoint end = isSocketFile ? new UnixDomainSocketEndPoint($"{_target.Host}/.s.PGSQL.{_target.Port}") : new DnsEndPoint(_target.Host, _target.Port);
        var socket = isSocketFile ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(end);
        return socket;
    }

    private static async Task PassAsync(Stream from, Stream to, Func<ReadOnlyMemory<byte>, bool> passes)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer) is > 0 and var count)
        {
            if (passes(buffer.AsMemory(0, count)))
                await to.WriteAsync(buffer.AsMemory(0, count));
        }
    }
}
