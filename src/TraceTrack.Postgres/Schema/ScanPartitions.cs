using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace TraceTrack.Postgres;

/// <summary>Makes the scan log's monthly partitions, from two months back (for logs taken over) to three ahead.</summary>
internal static class ScanPartitions
{
    private const int MonthsBack = 2;

    /// <summary>Made ahead when a schema is migrated; a host then keeps as many ahead as its options say.</summary>
    public const int MonthsAhead = 3;

    public static IEnumerable<(string Name, string Sql)> Statements(DateTimeOffset now, int monthsAhead = MonthsAhead)
    {
        var current = new DateOnly(now.UtcDateTime.Year, now.UtcDateTime.Month, 1);
        for (var month = current.AddMonths(-MonthsBack); month <= current.AddMonths(monthsAhead); month = month.AddMonths(1))
            yield return Statement(month);
    }

    public static string Name(DateOnly month) => string.Create(CultureInfo.InvariantCulture, $"scan_{month:yyyy_MM}");

    /// <summary>The first days of the months that have a partition.</summary>
    public static async ValueTask<List<DateOnly>> MonthsAsync(NpgsqlConnection connection, Database database, CancellationToken cancellationToken)
    {
        var command = connection.Command(database.Sql(ScanImportSql.Months));
        await using var _ = command.ConfigureAwait(false);
        return await command.ReadAllAsync(row => row.GetFieldValue<DateOnly>(0), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The partition of one month.</summary>
    /// <param name="month">The month's first day.</param>
    public static (string Name, string Sql) Statement(DateOnly month)
    {
        var name = Name(month);
        return (name, string.Create(
            CultureInfo.InvariantCulture,
            $"CREATE TABLE IF NOT EXISTS tracetrack.{name} PARTITION OF tracetrack.scan FOR VALUES FROM ('{month:yyyy-MM-dd} 00:00+00') TO ('{month.AddMonths(1):yyyy-MM-dd} 00:00+00')"));
    }

    /// <returns>The partitions that were made.</returns>
    public static async ValueTask<List<string>> EnsureAsync(
        NpgsqlConnection connection, SchemaName schema, DateTimeOffset now, int monthsAhead, ILogger logger, List<string>? problems,
        CancellationToken cancellationToken)
    {
        var made = new List<string>();
        foreach (var (name, sql) in Statements(now, monthsAhead))
        {
            try
            {
                if (await ExistsAsync(connection, schema, name, cancellationToken).ConfigureAwait(false))
                    continue;
                var command = new NpgsqlCommand(schema.Sql(sql), connection);
                await using var _ = command.ConfigureAwait(false);
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                made.Add(name);
                Log.PartitionMade(logger, name);
            }
            catch (PostgresException error) when (IsRefused(error))
            {
                // No right to create tables, others at work, or rows of that month in the default partition: nothing is lost, the default one serves.
                Log.NoPartitions(logger, error.MessageText);
                problems?.Add($"The partition {name} could not be made: {error.MessageText}");
            }
        }

        return made;
    }

    /// <summary>
    /// Makes the partition of one month beside scanners, in a transaction of its own: they wait behind its lock, so neither getting that nor looking
    /// through the default partition may take longer than a moment. Without it, as without the right to make it or with rows of the month in
    /// the default partition, the default one serves.
    /// </summary>
    public static async ValueTask TryMakeAsync(NpgsqlConnection connection, Database database, DateOnly month, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        try
        {
            await ExecuteAsync(ScanImportSql.WaitAMoment).ConfigureAwait(false);
            await ExecuteAsync(database.Sql(Statement(month).Sql)).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException error) when (IsRefused(error) || error.SqlState == PostgresErrorCodes.QueryCanceled)
        {
            await transaction.RollbackAsync(CancellationToken.None).ConfigureAwait(false);
        }

        async ValueTask ExecuteAsync(string sql)
        {
            var command = connection.Command(sql);
            await using var __ = command.ConfigureAwait(false);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What concerns one table, and need not keep others from being made or detached; a lost connection and a cancellation do.</summary>
    public static bool IsRefused(PostgresException error) => error.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected
        || (error.SqlState != PostgresErrorCodes.QueryCanceled && !error.IsTransient);

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, SchemaName schema, string name, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection) { Parameters = { new() { Value = schema.Name + "." + name } } };
        await using var _ = command.ConfigureAwait(false);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }
}
