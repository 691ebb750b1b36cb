using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace TraceTrack.LoadTest.Host;

/// <summary>
/// One connection that stays open, one request after the other on it. It knows no more of HTTP than the servers that are measured speak, since
/// it runs on the cores that they need: HttpClient would take about as much of them as a look-up.
/// </summary>
internal sealed class HttpLine(Uri address) : IDisposable
{
    private static ReadOnlySpan<byte> EndOfHead => "\r\n\r\n"u8;

    private static ReadOnlySpan<byte> Length => "\r\nContent-Length: "u8;

    private Socket? _socket;
    private byte[] _received = new byte[16 * 1024];

    /// <summary>Of the last answer, until the next one.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <returns>The status.</returns>
    /// <exception cref="IOException">The server closed the connection or answered otherwise than expected.</exception>
    public async ValueTask<int> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        try
        {
            _socket ??= await ConnectAsync(cancellation);
            for (var rest = request; rest.Length > 0;)
                rest = rest[await _socket.SendAsync(rest, SocketFlags.None, cancellation)..];
            return await ReceiveAsync(_socket, cancellation);
        }
        catch (Exception error)
        {
            // The next request begins with a new connection.
            Dispose();
            throw error is SocketException ? new IOException(error.Message, error) : error;
        }
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(address.Host), address.Port), cancellation);
        return socket;
    }

    private async ValueTask<int> ReceiveAsync(Socket socket, CancellationToken cancellation)
    {
        var (count, whole, status, bodyAt) = (0, int.MaxValue, 0, 0);
        while (count < whole)
        {
            if (count == _received.Length)
                Array.Resize(ref _received, Math.Max(2 * count, whole == int.MaxValue ? 0 : whole));
            var read = await socket.ReceiveAsync(_received.AsMemory(count), SocketFlags.None, cancellation);
            if (read == 0)
                throw new IOException("The server closed the connection.");
            count += read;
            if (whole == int.MaxValue && _received.AsSpan(0, count).IndexOf(EndOfHead) is var end and >= 0)
            {
                bodyAt = end + EndOfHead.Length;
                (status, var length) = ReadHead(_received.AsSpan(0, bodyAt));
                whole = bodyAt + length;
            }
        }

        Body = _received.AsMemory(bodyAt, whole - bodyAt);
        return status;
    }

    private static (int Status, int BodyLength) ReadHead(ReadOnlySpan<byte> head)
    {
        // HTTP/1.1 200 OK
        if (!Utf8Parser.TryParse(head[9..], out int status, out _))
            throw new IOException("That is no answer of HTTP.");
        var at = head.IndexOf(Length);
        if (at < 0 || !Utf8Parser.TryParse(head[(at + Length.Length)..], out int length, out _))
            throw new IOException("The answer does not tell its length.");
        return (status, length);
    }
}
