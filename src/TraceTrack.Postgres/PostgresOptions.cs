namespace TraceTrack.Postgres;

/// <summary>How TraceTrack uses PostgreSQL (15 or newer).</summary>
public sealed class PostgresOptions
{
    /// <summary>Where messages say a setting is in the configuration. Any other section can be bound as well.</summary>
    public const string ConfigurationSection = "TraceTrack:Postgres";

    /// <summary>Default of <see cref="SchemaName"/>.</summary>
    public const string DefaultSchemaName = "tracetrack";

    /// <summary>Default of <see cref="MinPoolSize"/>: as many as two cores of a server have use for, with some to spare.</summary>
    public const int DefaultMinPoolSize = 10;

    /// <summary>Default of <see cref="MaxPoolSize"/>. More serve less, until the server has more cores than connections: docs/benchmarks.md.</summary>
    public const int DefaultMaxPoolSize = 30;

    /// <summary>The schema that holds every table.</summary>
    /// <value>1–63 characters a–z 0–9 _, not beginning with a digit; <c>tracetrack</c> by default.</value>
    public string SchemaName { get; set; } = DefaultSchemaName;

    /// <summary>Connections opened when the host starts and kept open. Not used with a data source of your own.</summary>
    /// <value>0 up to <see cref="MaxPoolSize"/>; 10 by default. A <c>Minimum Pool Size</c> in the connection string wins.</value>
    public int MinPoolSize { get; set; } = DefaultMinPoolSize;

    /// <summary>
    /// The most connections. Who finds all of them busy waits for one, up to the <c>Timeout</c> of the connection string (15 s by default). An import
    /// takes one, and <c>ImportOptions.Connections</c> − 1 more while it stages rows. Never more than the server's <c>max_connections</c> − 10, with one warning when that caps it.
    /// Not used with a data source of your own.
    /// </summary>
    /// <value>1–10,000; 30 by default. A <c>Maximum Pool Size</c> in the connection string wins, up to the same cap.</value>
    public int MaxPoolSize { get; set; } = DefaultMaxPoolSize;

    /// <summary>How often an operation that is safe to repeat is tried again after a transient fault, with growing, jittered pauses from 50 ms on.</summary>
    /// <value>0–10; 3 by default.</value>
    public int MaxRetries { get; set; } = 3;

    /// <summary>How the scan log is kept. Its settings are in the section <c>TraceTrack:Postgres:ScanLog</c>.</summary>
    public ScanLogOptions ScanLog { get; } = new();

    internal bool MigrateOnStartup { get; set; }
}
