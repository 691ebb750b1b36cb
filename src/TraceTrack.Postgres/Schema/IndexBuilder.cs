using Npgsql;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

/// <summary>Builds single indexes on tables that may be in use.</summary>
internal sealed class IndexBuilder(NpgsqlConnection connection, SchemaName schema, Action<string> tell)
{
    private const string Create = "INDEX IF NOT EXISTS ";

    /// <summary>Builds an index beside the writers. One that an interrupted build left invalid is dropped first.</summary>
    public async Task BuildAsync(string name, string table, string statement, bool dropFirst, CancellationToken cancellationToken)
    {
        tell($"Building {name} on {table}");
        if (dropFirst)
            await ExecuteAsync($"DROP INDEX CONCURRENTLY IF EXISTS tracetrack.{name}", cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(statement.Replace(Create, "INDEX CONCURRENTLY IF NOT EXISTS ", StringComparison.Ordinal), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Mends an index of a partitioned table, which cannot be built concurrently as a whole: an empty one on the table only, then one on
    /// each partition, attached when it stands. The whole becomes valid with the last.
    /// </summary>
    public async Task MendPartitionedAsync(IndexDefinition index, string statement, bool isMissing, CancellationToken cancellationToken)
    {
        if (isMissing)
        {
            tell($"Building {index.Name} on {index.Table}");
            await ExecuteAsync(statement.Replace($" ON tracetrack.{index.Table} ", $" ON ONLY tracetrack.{index.Table} ", StringComparison.Ordinal), cancellationToken)
                .ConfigureAwait(false);
        }

        var command = connection.Command(IndexSql.Partitions, Parameter(schema.Name), Parameter(index.Name), Parameter(index.Table));
        await using var _ = command.ConfigureAwait(false);
        var partitions = await command.ReadAllAsync(
            static row => (Table: row.GetString(0), Attached: row.NullableString(1)), cancellationToken).ConfigureAwait(false);
        foreach (var (table, _) in partitions.Where(partition => partition.Attached is null))
        {
            var name = $"{table}_{index.Name}";
            var own = statement
                .Replace(Create + index.Name, Create + name, StringComparison.Ordinal)
                .Replace($" ON tracetrack.{index.Table} ", $" ON tracetrack.{table} ", StringComparison.Ordinal);
            // What stands under this name unattached is left from an interrupted run, and may be invalid.
            await BuildAsync(name, table, own, dropFirst: true, cancellationToken).ConfigureAwait(false);
            await ExecuteAsync($"ALTER INDEX tracetrack.{index.Name} ATTACH PARTITION tracetrack.{name}", cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        var command = connection.Command(schema.Sql(sql));
        await using var _ = command.ConfigureAwait(false);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
