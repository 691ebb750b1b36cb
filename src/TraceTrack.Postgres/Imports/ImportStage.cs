using Npgsql;

namespace TraceTrack.Postgres;

/// <summary>
/// The table that the rows of one import are copied to. Temporary, it lives and dies with the import's transaction, and is not disposed of. Shared,
/// several connections fill it, so it is committed: then it stands under a lock of the importing session, by which <see cref="StageSweep"/> tells it
/// from one that a crash left. It is dropped behind the merge and not in it, where whoever reads it would keep the merge, and all scans behind that, waiting.
/// </summary>
internal sealed class ImportStage : IAsyncDisposable
{
    private readonly Database _database;
    private readonly NpgsqlConnection _connection;
    private readonly string _table;
    private bool _isLocked;

    private ImportStage(Database database, NpgsqlConnection connection, string table) => (_database, _connection, _table) = (database, connection, table);

    public static ImportStage Temporary(Database database, NpgsqlConnection connection) => new(database, connection, StageSql.Temporary);

    public static async ValueTask<ImportStage> CreateSharedAsync(Database database, NpgsqlConnection connection, long key, CancellationToken cancellationToken)
    {
        await StageSweep.RunAsync(database, connection, cancellationToken).ConfigureAwait(false);
        var table = StageSweep.Table(database, key);
        var stage = new ImportStage(database, connection, table);
        try
        {
            stage._isLocked = await StageSweep.TryLockAsync(connection, table, cancellationToken).ConfigureAwait(false);
            var command = connection.Command(stage.Sql(StageSql.CreateShared));
            await using var _ = command.ConfigureAwait(false);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A statement of an import with the real schema and this table's name in it.</summary>
    public string Sql(string sql) => _database.Sql(sql).Replace(StageSql.Temporary, _table, StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        try
        {
            try
            {
                await StageSweep.TryDropAsync(_connection, _table, CancellationToken.None).ConfigureAwait(false);
            }
            finally
            {
                // The connection may live on in the pool, and with the lock nobody else would drop the table.
                if (_isLocked)
                    await StageSweep.UnlockAsync(_connection, _table).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException or ObjectDisposedException)
        {
            // The connection broke, and its lock went with it. What led here is thrown on.
            await StageSweep.TryRunAsync(_database).ConfigureAwait(false);
        }
    }
}
