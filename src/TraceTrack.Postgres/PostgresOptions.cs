namespace TraceTrack.Postgres;

/// <summary>How TraceTrack uses PostgreSQL (15 or newer).</summary>
public sealed class PostgresOptions
{
    /// <summary>Where messages say a setting is in the configuration. Any other section can be bound as well.</summary>
    public const string ConfigurationSection = "TraceTrack:Postgres";

    /// <summary>Default of <see cref="SchemaName"/>.</summary>
    public const string DefaultSchemaName = "tracetrack";

    /// <summary>Default of <see cref="MinPoolSize"/>: the report's base connections.</summary>
    public const int DefaultMinPoolSize = 50;

    /// <summary>Default of <see cref="MaxPoolSize"/>: the report's 50 base + 100 overflow connections.</summary>
    public const int DefaultMaxPoolSize = 150;

    /// <summary>The schema that holds every table.</summary>
    /// <value>1–63 characters a–z 0–9 _, not beginning with a digit; <c>tracetrack</c> by default.</value>
    public string SchemaName { get; set; } = DefaultSchemaName;

    /// <summary>Connections opened when the host starts and kept open. Not used with a data source of your own.</summary>
    /// <value>0 up to <see cref="MaxPoolSize"/>; 50 by default. A <c>Minimum Pool Size</c> in the connection string wins.</value>
    public int MinPoolSize { get; set; } = DefaultMinPoolSize;

    /// <summary>
    /// The most connections. Never more than the server's <c>max_connections</c> − 10, with one warning when that caps it.
    /// Not used with a data source of your own.
    /// </summary>
    /// <value>1–10,000; 150 by default. A <c>Maximum Pool Size</c> in the connection string wins, up to the same cap.</value>
    public int MaxPoolSize { get; set; } = DefaultMaxPoolSize;

    /// <summary>How often an operation that is safe to repeat is tried again after a transient fault, with growing, jittered pauses from 50 ms on.</summary>
    /// <value>0–10; 3 by default.</value>
    public int MaxRetries { get; set; } = 3;

    /// <summary>How the scan log is kept. Its settings are in the section <c>TraceTrack:Postgres:ScanLog</c>.</summary>
    public ScanLogOptions ScanLog { get; } = new();

    internal bool MigrateOnStartup { get; set; }
}
