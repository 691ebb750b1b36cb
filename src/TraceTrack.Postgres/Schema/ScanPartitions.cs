using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace TraceTrack.Postgres;

/// <summary>Makes the scan log's monthly partitions, from two months back (for logs taken over) to three ahead.</summary>
internal static class ScanPartitions
{
    private const int MonthsBack = 2;
    private const int MonthsAhead = 3;

    public static IEnumerable<(string Name, string Sql)> Statements(DateTimeOffset now)
    {
        var current = new DateOnly(now.UtcDateTime.Year, now.UtcDateTime.Month, 1);
        for (var month = current.AddMonths(-MonthsBack); month <= current.AddMonths(MonthsAhead); month = month.AddMonths(1))
            yield return Statement(month);
    }

    /// <summary>The partition of one month.</summary>
    /// <param name="month">The month's first day.</param>
    public static (string Name, string Sql) Statement(DateOnly month)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"scan_{month:yyyy_MM}");
        return (name, string.Create(
            CultureInfo.InvariantCulture,
            $"CREATE TABLE IF NOT EXISTS tracetrack.{name} PARTITION OF tracetrack.scan FOR VALUES FROM ('{month:yyyy-MM-dd} 00:00+00') TO ('{month.AddMonths(1):yyyy-MM-dd} 00:00+00')"));
    }

    public static async Task EnsureAsync(
        NpgsqlConnection connection, SchemaName schema, DateTimeOffset now, ILogger logger, CancellationToken cancellationToken)
    {
        foreach (var (name, sql) in Statements(now))
        {
            try
            {
                if (await ExistsAsync(connection, schema, name, cancellationToken).ConfigureAwait(false))
                    continue;
                var command = new NpgsqlCommand(schema.Sql(sql), connection);
                await using var _ = command.ConfigureAwait(false);
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException error)
            {
                // No right to create tables, or rows of that month in the default partition: nothing is lost, the default one serves.
                Log.NoPartitions(logger, error.MessageText);
                return;
            }
        }
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, SchemaName schema, string name, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection) { Parameters = { new() { Value = schema.Name + "." + name } } };
        await using var _ = command.ConfigureAwait(false);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }
}
