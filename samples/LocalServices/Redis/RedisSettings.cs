using System.Globalization;

namespace TraceTrack.LocalServices;

/// <summary>The settings file of a private Redis. It holds the password, so that no list of processes shows it.</summary>
internal sealed record RedisSettings(int Port, string Password)
{
    private const string PortSetting = "port ";
    private const string PasswordSetting = "requirepass ";

    public string Text(string folder) => string.Create(CultureInfo.InvariantCulture, $"""
        {PortSetting}{Port}
        {PasswordSetting}{Password}
        bind 127.0.0.1
        dir "{folder}"
        logfile "{Path.Combine(folder, "server.log")}"
        pidfile "{Path.Combine(folder, "redis.pid")}"
        # Apart from our terminal: Ctrl-C ends the host first, and the host ends Redis.
        daemonize yes
        # A cache. What it forgets is read from PostgreSQL again.
        save ""
        appendonly no
        maxmemory 256mb
        maxmemory-policy allkeys-lru

        """);

    public static RedisSettings? Read(string path)
    {
        try
        {
            var lines = File.ReadAllLines(path);
            return int.TryParse(Value(lines, PortSetting), CultureInfo.InvariantCulture, out var port) && Value(lines, PasswordSetting) is { } password
                ? new RedisSettings(port, password)
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string? Value(string[] lines, string setting) =>
        lines.FirstOrDefault(line => line.StartsWith(setting, StringComparison.Ordinal))?[setting.Length..].Trim();
}
