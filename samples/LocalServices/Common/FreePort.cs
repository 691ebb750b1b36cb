using System.Net;
using System.Net.Sockets;

namespace TraceTrack.LocalServices;

internal static class FreePort
{
    /// <returns>The port of the last time when it is free, so that a psql command line goes on working; else any free one.</returns>
    public static int Find(int? preferred) =>
        (preferred is { } port ? TryBind(port) : null)
        ?? TryBind(0)
        ?? throw new LocalServiceException("This computer has no free TCP port on 127.0.0.1.");

    private static int? TryBind(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
