using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

/// <summary>
/// Takes a month out of the scan log. Its rows are counted before, while scanners go on, but for those of the last transactions: the lock
/// is held for these few only.
/// </summary>
internal sealed class ScanArchive(NpgsqlConnection connection, Database database)
{
    public async ValueTask<ArchivedMonth> DetachAsync(DateOnly month, CancellationToken cancellationToken)
    {
        var partition = ScanPartitions.Name(month);
        var (from, settled) = await CountSettledAsync(partition, cancellationToken).ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        await ExecuteAsync(ScanLogSql.Detach(partition), cancellationToken).ConfigureAwait(false);
        var rest = await ScalarAsync<long>(
            ScanLogSql.CountRest(partition), cancellationToken, new NpgsqlParameter<ulong> { NpgsqlDbType = NpgsqlDbType.Xid8, TypedValue = from })
            .ConfigureAwait(false);
        var table = await FreeNameAsync(month, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(
            ScanLogSql.KeepArchived, cancellationToken, Parameter(table), Parameter(month), Parameter(settled + rest)).ConfigureAwait(false);
        await RenameAsync(partition, table, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return new(month, table, settled + rest);
    }

    private async ValueTask<(ulong From, long Rows)> CountSettledAsync(string partition, CancellationToken cancellationToken)
    {
        var command = Command(ScanLogSql.CountSettled(partition));
        await using var _ = command.ConfigureAwait(false);
        return (await command.ReadAllAsync(row => (row.GetFieldValue<ulong>(0), row.GetInt64(1)), cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>A month can be detached more than once: an earlier system's log, imported later, makes it anew.</summary>
    private async ValueTask<string> FreeNameAsync(DateOnly month, CancellationToken cancellationToken)
    {
        var name = ScanLogSql.Archived(month);
        for (var number = 2; await IsTakenAsync(name).ConfigureAwait(false); number++)
            name = string.Create(CultureInfo.InvariantCulture, $"{ScanLogSql.Archived(month)}_{number}");
        return name;

        ValueTask<bool> IsTakenAsync(string candidate) =>
            ScalarAsync<bool>(ScanLogSql.IsTaken, cancellationToken, Parameter(database.Schema.Name), Parameter(candidate));
    }

    /// <summary>With its indexes, whose names a new partition of that month would want.</summary>
    private async ValueTask RenameAsync(string partition, string table, CancellationToken cancellationToken)
    {
        var find = Command(ScanLogSql.IndexesOf, Parameter(database.Schema.Name), Parameter(partition));
        await using var _ = find.ConfigureAwait(false);
        var indexes = await find.ReadAllAsync(row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        foreach (var index in indexes.Where(index => index.StartsWith(partition, StringComparison.Ordinal)))
            await ExecuteAsync(ScanLogSql.RenameIndex(index, table + index[partition.Length..]), cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(ScanLogSql.Rename(partition, table), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ExecuteAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        var command = Command(sql, parameters);
        await using var _ = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<T> ScalarAsync<T>(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        var command = Command(sql, parameters);
        await using var _ = command.ConfigureAwait(false);
        return (T)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = connection.Command(database.Sql(sql), parameters);
        command.CommandTimeout = 0;
        return command;
    }
}
