namespace TraceTrack.LocalServices;

/// <summary>What to tell somebody whose computer has no server, ready to print.</summary>
public static class LocalServicesAdvice
{
    /// <value>Shown when neither <c>TRACETRACK_POSTGRES</c>, nor server binaries, nor Docker was found.</value>
    public static string InstallPostgres { get; } = """
        No PostgreSQL was found. Install its server, then start again; a private one is set up by itself:
          Debian, Ubuntu   sudo apt-get install postgresql postgresql-contrib
          Fedora, RHEL     sudo dnf install postgresql-server postgresql-contrib
          macOS            brew install postgresql@17
          Windows          winget install PostgreSQL.PostgreSQL.17
        or have Docker running, or name a server of yours:
          TRACETRACK_POSTGRES='Host=…;Username=…;Password=…;Database=…'
        """;

    /// <value>Shown when no Redis was found. Nothing is lost without one: the cache has one tier less.</value>
    public static string InstallRedis { get; } = """
        No Redis was found; going on without it. To have one, install it and start again:
          Debian, Ubuntu   sudo apt-get install redis-server
          Fedora, RHEL     sudo dnf install valkey
          macOS            brew install redis
          Windows          have Docker running (there is no native server)
        or name a server of yours: TRACETRACK_REDIS='host:6379,password=…'
        """;
}
