using System.Globalization;

namespace TraceTrack.Postgres;

internal static class MigrationSql
{
    public const string Exists = "SELECT to_regclass('tracetrack.migration') IS NOT NULL";

    public const string Prepare = """
        CREATE TABLE IF NOT EXISTS tracetrack.migration (
            version integer PRIMARY KEY,
            name text NOT NULL,
            checksum text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
        );
        """;

    public const string Applied = "SELECT version, checksum FROM tracetrack.migration ORDER BY version";

    public const string StoreId = "SELECT store_id FROM tracetrack.store";

    public const string Version = "SELECT coalesce(max(version), 0) FROM tracetrack.migration";

    /// <summary>Written out, since the script for administrators has no parameters; name and checksum are the package's own.</summary>
    public static string Literal(Migration migration) => string.Create(
        CultureInfo.InvariantCulture,
        $"INSERT INTO tracetrack.migration (version, name, checksum) VALUES ({migration.Version}, '{migration.Name}', '{migration.Checksum}');");
}
