using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace GraphQLHost.Commands;

internal static class ListenAddress
{
    public const string Default = "http://127.0.0.1:5080";

    private const int FirstPort = 5080;
    private const int LastPort = 5179;

    /// <summary>The usual address, or the next one whose port is free.</summary>
    public static string FindFree()
    {
        for (var port = FirstPort; port <= LastPort; port++)
        {
            if (IsFree(port))
                return string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        }

        throw new CommandFailedException($"No port from {FirstPort} to {LastPort} is free. Name another address: --urls http://127.0.0.1:8080");
    }

    /// <summary>An address that others can be given: one that stands for all of a computer's is of no use to them.</summary>
    public static string ForPeople(string url) => url
        .Replace("://[::]", "://127.0.0.1", StringComparison.Ordinal)
        .Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal)
        .TrimEnd('/');

    public static bool IsValid(string text)
    {
        try
        {
            return BindingAddress.Parse(text).Host.Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
