using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace TraceTrack.Postgres;

/// <summary>Brings the schema to this version of the library. Safe when several processes start at once: one migrates, the others wait.</summary>
public sealed class SchemaMigrator
{
    private readonly Database _database;
    private readonly TimeProvider _clock;
    private readonly ILogger<SchemaMigrator> _logger;

    internal SchemaMigrator(Database database, TimeProvider clock, ILogger<SchemaMigrator> logger) =>
        (_database, _clock, _logger) = (database, clock, logger);

    /// <summary>Applies every migration that is missing, each in a transaction of its own, makes the scan log's next partitions, and drops what killed imports left.</summary>
    /// <param name="cancellationToken">Cancels between and within migrations; a half-applied one is rolled back.</param>
    /// <returns>When the schema is current.</returns>
    /// <exception cref="TraceTrackException"><see cref="ErrorCodes.SchemaMismatch"/>: the schema is newer than the library, or a migration was edited.</exception>
    /// <exception cref="NpgsqlException">The server could not be reached, or refused.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken = default)
    {
        var connection = await _database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var gate = await AdvisoryGate.EnterAsync(
            connection, _database.Schema.Name, () => Log.WaitingForMigration(_logger, _database.Schema.Name), _clock, cancellationToken).ConfigureAwait(false);
        await using (gate.ConfigureAwait(false))
        {
            if (!await IsPreparedAsync(connection, cancellationToken).ConfigureAwait(false))
                await ExecuteAsync(connection, _database.Schema.Create + MigrationSql.Prepare, cancellationToken).ConfigureAwait(false);
            var applied = await AppliedAsync(connection, cancellationToken).ConfigureAwait(false);
            foreach (var migration in Migration.All.Where(migration => !applied.ContainsKey(migration.Version)))
                await ApplyAsync(connection, migration, cancellationToken).ConfigureAwait(false);
            await StageSweep.RunAsync(_database, connection, cancellationToken).ConfigureAwait(false);
            await ScanPartitions.EnsureAsync(connection, _database.Schema, _clock.GetUtcNow(), ScanPartitions.MonthsAhead, _logger, null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The whole schema as one script for a database administrator. Running it is the same as <see cref="MigrateAsync"/> on an empty database.</summary>
    /// <returns>SQL for psql, in one transaction.</returns>
    public string Script()
    {
        var script = new StringBuilder("-- TraceTrack: run once with psql, as a role that may create schemas.\nBEGIN;\n");
        script.Append(_database.Schema.Create).Append(_database.Sql(MigrationSql.Prepare)).Append('\n');
        script.Append(TrigramSql.Install).Append('\n');
        foreach (var migration in Migration.All)
        {
            script.Append(CultureInfo.InvariantCulture, $"\n-- {migration.Version:0000}_{migration.Name}\n");
            script.Append(_database.Sql(migration.Sql));
            script.Append(_database.Sql(MigrationSql.Literal(migration))).Append('\n');
        }

        foreach (var (_, sql) in ScanPartitions.Statements(_clock.GetUtcNow()))
            script.Append(_database.Sql(sql)).Append(";\n");
        return script.Append("COMMIT;\n").ToString();
    }

    /// <summary>Checks that the schema is the one this library was built for.</summary>
    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        var applied = await _database.RunAsync(
            _database.Repeatable, this, static (connection, self, token) => self.AppliedAsync(connection, token), cancellationToken).ConfigureAwait(false);
        if (applied.Count < Migration.All.Count)
        {
            throw new TraceTrackException(ErrorCodes.SchemaMismatch,
                $"The schema {_database.Schema.Name} is at version {applied.Count} and this library needs {Migration.All.Count}. Migrate first.");
        }
    }

    private async ValueTask<Dictionary<int, string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = new Dictionary<int, string>();
        var command = new NpgsqlCommand(_database.Sql(MigrationSql.Applied), connection);
        await using var _ = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            applied.Add(reader.GetInt32(0), reader.GetString(1));
        foreach (var (version, checksum) in applied)
        {
            var known = Migration.All.FirstOrDefault(migration => migration.Version == version)
                ?? throw new TraceTrackException(ErrorCodes.SchemaMismatch,
                    $"The schema {_database.Schema.Name} has migration {version}, which this version of the library does not know. Use a newer library.");
            if (known.Checksum != checksum)
            {
                throw new TraceTrackException(ErrorCodes.SchemaMismatch,
                    $"Migration {version} was applied to schema {_database.Schema.Name} with another content than this library has.");
            }
        }

        return applied;
    }

    /// <summary>Asked first, so that a role without the right to create schemas can run against one that an administrator made.</summary>
    private async Task<bool> IsPreparedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(_database.Sql(MigrationSql.Exists), connection);
        await using var _ = command.ConfigureAwait(false);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    private async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        var sql = migration.Sql;
        if (sql.Contains(IndexCatalog.TrigramOperators, StringComparison.Ordinal))
            sql = await Trigrams.AdaptAsync(connection, sql, _logger, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, sql, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, MigrationSql.Literal(migration), cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        _database.Meter.Migrated();
        Log.Migrated(_logger, migration.Version, migration.Name, _database.Schema.Name);
    }

    private async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(_database.Sql(sql), connection) { CommandTimeout = 0 };
        await using var _ = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
