using System.Globalization;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace TraceTrack.GraphQLHost.Tests.Server;

/// <summary>What the server itself refuses, and how it packs what it sends.</summary>
public sealed class KestrelTests
{
    private const string Introspect = """{"query":"{ __schema { types { name description fields { name description } } } }"}""";

    [Fact]
    public async Task Headers_and_lines_beyond_the_limits_are_refused_and_the_host_goes_on()
    {
        await using var host = await RunningHost.StartAsync(("Server:MaxHeaders", "20"), ("Server:MaxHeaderBytes", "4096"), ("Server:MaxRequestLineBytes", "1024"));
        var many = string.Concat(Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"X-{i}: 1\r\n")));
        Assert.StartsWith("HTTP/1.1 431 ", await host.SendRawAsync($"GET /health/live HTTP/1.1\r\nHost: x\r\n{many}\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431 ", await host.SendRawAsync($"GET /health/live HTTP/1.1\r\nHost: x\r\nX: {new string('x', 5_000)}\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 414 ", await host.SendRawAsync($"GET /graphql?query={new string('x', 2_000)} HTTP/1.1\r\nHost: x\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400 ", await host.SendRawAsync("NONSENSE\r\n\r\n"), StringComparison.Ordinal);
        Assert.Equal("""{"status":"live"}""", await host.Client.GetStringAsync("/health/live"));
    }

    [Fact]
    public async Task The_backlog_is_the_report_s()
    {
        await using var host = await RunningHost.StartAsync();
        Assert.Equal(2_048, host.App.Services.GetRequiredService<IOptions<SocketTransportOptions>>().Value.Backlog);
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_closed_and_room_is_made_when_others_end()
    {
        await using var host = await RunningHost.StartAsync(("Server:MaxConnections", "3"));
        host.Client.Dispose();
        var url = new Uri(host.App.Urls.First());
        var open = new List<TcpClient>();
        for (var i = 0; i < 3; i++)
            open.Add(await OpenAsync(url));
        Assert.Equal(["live", "live", "live"], await Task.WhenAll(open.Select(AskAsync)));
        using (var excess = await OpenAsync(url))
            Assert.Equal("closed", await AskAsync(excess));
        open.ForEach(client => client.Dispose());
        // The server hears of it a little later.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        string answer;
        do
        {
            using var next = await OpenAsync(url);
            answer = await AskAsync(next);
        }
        while (answer == "closed" && !patience.IsCancellationRequested);
        Assert.Equal("live", answer);
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip;q=0.5, br", "br")]
    [InlineData("gzip, deflate, br, zstd", "gzip")]
    public async Task Long_answers_are_compressed_as_the_client_asks(string asked, string encoding)
    {
        await using var host = await RunningHost.StartAsync();
        var token = await host.LogInAsync("Ada");
        using var response = await host.SendAsync(token, HttpMethod.Post, "/graphql", new StringContent(Introspect, Encoding.UTF8, "application/json"), ("Accept-Encoding", asked));
        Assert.Equal([encoding], response.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        await using var packed = await response.Content.ReadAsStreamAsync();
        await using Stream unpacked = encoding == "br" ? new BrotliStream(packed, CompressionMode.Decompress) : new GZipStream(packed, CompressionMode.Decompress);
        var schema = (await JsonSerializer.DeserializeAsync<JsonElement>(unpacked)).GetProperty("data").GetProperty("__schema");
        Assert.True(schema.GetProperty("types").GetArrayLength() > 10);
    }

    [Fact]
    public async Task Short_answers_are_sent_as_they_are_and_with_their_length()
    {
        await using var host = await RunningHost.StartAsync();
        using var response = await host.SendAsync(null, HttpMethod.Post, "/graphql", new StringContent("""{"query":"{ __typename }"}""", Encoding.UTF8, "application/json"), ("Accept-Encoding", "br, gzip"));
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Equal("""{"data":{"__typename":"Query"}}""".Length, response.Content.Headers.ContentLength);
    }

    private static async Task<TcpClient> OpenAsync(Uri url)
    {
        var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port);
        return client;
    }

    private static async Task<string> AskAsync(TcpClient client)
    {
        try
        {
            var stream = client.GetStream();
            await stream.WriteAsync("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
            var buffer = new byte[4_096];
            var text = "";
            while (!text.Contains("live", StringComparison.Ordinal))
            {
                var read = await stream.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
                if (read == 0)
                    return "closed";
                text += Encoding.ASCII.GetString(buffer, 0, read);
            }

            return "live";
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            return "closed";
        }
    }
}
