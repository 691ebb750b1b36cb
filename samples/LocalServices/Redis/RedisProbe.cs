using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TraceTrack.LocalServices;

/// <summary>Says the two or three words to a private Redis that starting and stopping it take.</summary>
internal static class RedisProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <returns>False when nobody answers. Only ours takes the password.</returns>
    public static async Task<bool> AnswersAsync(RedisSettings settings, TimeProvider clock, CancellationToken cancellationToken) =>
        (await AskAsync(settings, "PING", clock, cancellationToken)).Contains("+PONG", StringComparison.Ordinal);

    /// <summary>Asks it to stop. Whether it did, the caller sees by it no longer answering.</summary>
    public static Task StopAsync(RedisSettings settings, TimeProvider clock) =>
        AskAsync(settings, "SHUTDOWN NOSAVE", clock, CancellationToken.None);

    private static async Task<string> AskAsync(RedisSettings settings, string words, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, settings.Port, both.Token);
            await using var stream = client.GetStream();

            // QUIT makes the server close the connection, so that the answer has an end.
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"AUTH {settings.Password}\r\n{words}\r\nQUIT\r\n"), both.Token);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            return await reader.ReadToEndAsync(both.Token);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return "";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "";
        }
    }
}
