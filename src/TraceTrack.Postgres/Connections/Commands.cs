using Npgsql;

namespace TraceTrack.Postgres;

/// <summary>Short forms for parameters and rows; typed, so that nothing is boxed.</summary>
internal static class Commands
{
    public static NpgsqlParameter<T> Parameter<T>(T value) => new() { TypedValue = value };

    /// <summary>The two ends of a time range; where it has none, one that no row is beyond.</summary>
    public static NpgsqlParameter[] Range(TimeRange range) =>
        [Parameter(range.From ?? DateTimeOffset.MinValue), Parameter(range.Before ?? DateTimeOffset.MaxValue)];

    /// <summary>One value a row, for a statement that takes them by unnest.</summary>
    public static NpgsqlParameter<TColumn[]> Column<T, TColumn>(IReadOnlyList<T> rows, Func<T, TColumn> value)
    {
        var column = new TColumn[rows.Count];
        for (var i = 0; i < column.Length; i++)
            column[i] = value(rows[i]);
        return Parameter(column);
    }

    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    public static NpgsqlBatch Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        batch.BatchCommands.Add(command);
        return batch;
    }

    public static async ValueTask<List<T>> ReadAllAsync<T>(
        this NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = reader.ConfigureAwait(false);
        var rows = new List<T>();
        await reader.ReadAllAsync(rows, read, cancellationToken).ConfigureAwait(false);
        return rows;
    }

    /// <summary>Adds the rows of the present result to a collection.</summary>
    public static async ValueTask ReadAllAsync<T>(
        this NpgsqlDataReader reader, ICollection<T> rows, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            rows.Add(read(reader));
    }

    public static T? Nullable<T>(this NpgsqlDataReader reader, int column)
        where T : struct => reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);

    public static string? NullableString(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);
}
