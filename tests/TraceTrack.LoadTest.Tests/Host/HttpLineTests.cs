using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TraceTrack.LoadTest.Host;

namespace TraceTrack.LoadTest.Tests.Host;

public sealed class HttpLineTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public HttpLineTests() => _listener.Start();

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task An_answer_may_come_in_pieces_and_be_larger_than_the_buffer()
    {
        var body = new string('x', 100_000);
        var serving = ServeAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\n\r\n{body}", piece: 1_000);
        using var line = new HttpLine(Address);
        Assert.Equal(200, await line.ExchangeAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken));
        Assert.Equal(body, Encoding.UTF8.GetString(line.Body.Span));
        await serving;
    }

    [Fact]
    public async Task A_closed_connection_is_an_error_and_no_empty_answer()
    {
        var serving = ServeAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nxxx", piece: 1_000);
        using var line = new HttpLine(Address);
        await Assert.ThrowsAsync<IOException>(async () => await line.ExchangeAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken));
        await serving;
    }

    private Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}"));

    private async Task ServeAsync(string answer, int piece)
    {
        using var client = await _listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await client.ReceiveAsync(new byte[1_000], SocketFlags.None, TestContext.Current.CancellationToken);
        foreach (var part in Encoding.UTF8.GetBytes(answer).Chunk(piece))
            await client.SendAsync(part, SocketFlags.None, TestContext.Current.CancellationToken);
    }
}
