using System.Globalization;

namespace TraceTrack.LocalServices;

/// <summary>The settings file of a private server, written anew at each start. ALTER SYSTEM still goes before it.</summary>
internal static class PostgresSettings
{
    public const string FileName = "tracetrack.conf";

    private const string PortSetting = "port = ";

    public static string Text(int port) => string.Create(CultureInfo.InvariantCulture, $"""
        # Written by TraceTrack at each start. Settings of your own: ALTER SYSTEM SET ...
        {PortSetting}{port}
        listen_addresses = '127.0.0.1'
        # No socket file, so that no path can be too long for one and no other user can reach it.
        unix_socket_directories = ''
        max_connections = 200
        shared_buffers = '256MB'
        maintenance_work_mem = '256MB'
        work_mem = '16MB'
        # Nothing that was answered is lost, on a laptop as little as elsewhere.
        fsync = on
        # A bulk load is not to be held up by checkpoints.
        max_wal_size = '4GB'
        checkpoint_timeout = '15min'
        random_page_cost = 1.1
        # Compiling takes longer than any of our statements.
        jit = off
        timezone = 'UTC'
        log_timezone = 'UTC'
        lc_messages = 'C'
        log_min_messages = warning
        logging_collector = off

        """);

    public static int? ReadPort(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var line = File.ReadLines(path).FirstOrDefault(line => line.StartsWith(PortSetting, StringComparison.Ordinal));
        return int.TryParse(line?[PortSetting.Length..], CultureInfo.InvariantCulture, out var port) ? port : null;
    }
}
