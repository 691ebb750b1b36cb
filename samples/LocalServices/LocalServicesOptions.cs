namespace TraceTrack.LocalServices;

/// <summary>Where the private servers keep their data, and how long they may take.</summary>
public sealed class LocalServicesOptions
{
    /// <value>The name of the connection string that goes before everything else.</value>
    public const string PostgresVariable = "TRACETRACK_POSTGRES";

    /// <value>The name of the Redis configuration that goes before everything else.</value>
    public const string RedisVariable = "TRACETRACK_REDIS";

    /// <value>Keeps servers of different purposes apart: each name has its own folder and its own data. Default <c>run</c>.</value>
    public string Name { get; set; } = "run";

    /// <value>
    /// The folder that holds the data of every <see cref="Name"/>. Default: for root <c>/var/lib/tracetrack/HASH</c>, else
    /// <c>$XDG_DATA_HOME/tracetrack/HASH</c> (<c>~/.local/share</c>; <c>%LOCALAPPDATA%</c> on Windows), HASH being that of the clone's path.
    /// </value>
    public string? DataDirectory { get; set; }

    /// <value>A new, empty server that is deleted when disposed of. What an ended process left behind, the next one deletes.</value>
    public bool Ephemeral { get; set; }

    /// <value>Whether a container may be started when no server binaries are found. Default true.</value>
    public bool AllowDocker { get; set; } = true;

    /// <value>How long a server may take to answer, and to stop. Default one minute: recovery after a crash takes its time.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <value>The clock by which timeouts run.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    // Tests look into folders of their own, and are not led astray by variables of the computer they run on.
    internal IReadOnlyList<string>? SearchFolders { get; set; }

    internal Func<string, string?> ReadVariable { get; set; } = Environment.GetEnvironmentVariable;

    internal string? Variable(string name) => ReadVariable(name) is { Length: > 0 } value ? value : null;
}
