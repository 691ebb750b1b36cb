using System.Data;
using Npgsql;
using TraceTrack.Imports;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

/// <summary>The transaction of one import, and what every import does in it. Disposed without a commit, nothing was done.</summary>
internal sealed class ImportTransaction : IAsyncDisposable
{
    private readonly NpgsqlTransaction _transaction;
    private readonly Guid _importId;
    private readonly ImportKind _kind;

    private ImportTransaction(Database database, NpgsqlConnection connection, NpgsqlTransaction transaction, Guid importId, ImportKind kind) =>
        (Database, Connection, _transaction, _importId, _kind) = (database, connection, transaction, importId, kind);

    public Database Database { get; }

    public NpgsqlConnection Connection { get; }

    /// <summary>Key of the import: drawn by <see cref="DrawAsync"/>, or by an earlier transaction of the same import.</summary>
    public long Key { get; set; }

    /// <summary>The one time of all its rows, in microseconds.</summary>
    public DateTimeOffset Time { get; set; }

    /// <summary>Begins one under an import's settings, so that nothing it then asks for is waited for without end.</summary>
    public static async ValueTask<ImportTransaction> BeginAsync(
        Database database, NpgsqlConnection connection, Guid importId, ImportKind kind, CancellationToken cancellationToken,
        IsolationLevel isolation = IsolationLevel.ReadCommitted)
    {
        var transaction = await connection.BeginTransactionAsync(isolation, cancellationToken).ConfigureAwait(false);
        var import = new ImportTransaction(database, connection, transaction, importId, kind);
        try
        {
            await import.ExecuteAsync(ImportSql.Settings, cancellationToken).ConfigureAwait(false);
            return import;
        }
        catch
        {
            await import.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The report of this import, when it was done before.</summary>
    public async ValueTask<ImportReport?> FindEarlierAsync(CancellationToken cancellationToken)
    {
        var command = Command(ImportSql.Find, Parameter(_importId));
        await using var _ = command.ConfigureAwait(false);
        var found = await command.ReadAllAsync(row => (Kind: (ImportKind)row.GetInt16(0), Report: row.GetString(1)), cancellationToken).ConfigureAwait(false);
        if (found.Count == 0)
            return null;
        return found[0].Kind == _kind
            ? ImportJson.Read(found[0].Report) with { IsReplay = true }
            : throw new InvalidInputException(ErrorCodes.InvalidImport, $"The import id {_importId} was used for an import of another kind.");
    }

    public async ValueTask DrawAsync(CancellationToken cancellationToken)
    {
        var command = Command(ImportSql.DrawImport);
        await using var _ = command.ConfigureAwait(false);
        var drawn = await command.ReadAllAsync(row => (row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1)), cancellationToken).ConfigureAwait(false);
        (Key, Time) = drawn[0];
    }

    /// <summary>Keeps the report and commits.</summary>
    /// <returns>The report; or that of the same import, which ran beside this one and was first.</returns>
    public async ValueTask<ImportReport> CommitAsync(ImportReport report, CancellationToken cancellationToken)
    {
        try
        {
            await KeepAsync(report, cancellationToken).ConfigureAwait(false);
            return report;
        }
        catch (PostgresException error) when (error is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "import_import_key_key" })
        {
            await _transaction.RollbackAsync(CancellationToken.None).ConfigureAwait(false);
            if (await FindEarlierAsync(cancellationToken).ConfigureAwait(false) is { } same)
                return same;
            throw;
        }
    }

    /// <returns>The rows it touched.</returns>
    public ValueTask<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters) =>
        ExecuteAsIsAsync(Database.Sql(sql), cancellationToken, parameters);

    /// <summary>Executes a statement that names the real schema already, as the catalog's definitions do, and those with a table of this import alone.</summary>
    /// <returns>The rows it touched.</returns>
    public async ValueTask<int> ExecuteAsIsAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        var command = CommandAsIs(sql, parameters);
        await using var _ = command.ConfigureAwait(false);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A command without a limit of time: how long it takes depends on the size of the file.</summary>
    public NpgsqlCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters) => CommandAsIs(Database.Sql(sql), parameters);

    /// <summary>As above, of a statement that names the real schema already.</summary>
    public NpgsqlCommand CommandAsIs(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = Connection.Command(sql, parameters);
        command.CommandTimeout = 0;
        return command;
    }

    public ValueTask<CopyStream> CopyAsync(string sql, CancellationToken cancellationToken) =>
        CopyStream.BeginAsync(Connection, Database.Sql(sql), cancellationToken);

    /// <summary>Tries a statement that names the real schema; when it fails for one of these reasons, everything but it stands.</summary>
    /// <returns>The error, or null.</returns>
    public async ValueTask<PostgresException?> TryAsync(string sql, Func<PostgresException, bool> expected, CancellationToken cancellationToken)
    {
        const string Savepoint = "attempt";
        await _transaction.SaveAsync(Savepoint, cancellationToken).ConfigureAwait(false);
        try
        {
            await ExecuteAsIsAsync(sql, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException error) when (expected(error))
        {
            await _transaction.RollbackAsync(Savepoint, cancellationToken).ConfigureAwait(false);
            return error;
        }

        await _transaction.ReleaseAsync(Savepoint, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>Takes away every bag this transaction wrote into the empty table it holds.</summary>
    public async ValueTask EmptyBagsAsync(CancellationToken cancellationToken)
    {
        // A table that a team's own foreign key points to cannot be truncated.
        if (await TryAsync(Database.Sql(BagImportSql.Empty), static error => error.SqlState == PostgresErrorCodes.FeatureNotSupported, cancellationToken)
            .ConfigureAwait(false) is not null)
        {
            await ExecuteAsync(BagImportSql.DeleteAll, cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => _transaction.DisposeAsync();

    private async ValueTask KeepAsync(ImportReport report, CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            ImportSql.Keep, cancellationToken, Parameter(Key), Parameter(_importId), Parameter((short)_kind), Parameter(ImportJson.Write(report)),
            Parameter(Time)).ConfigureAwait(false);
        await _transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>What an import brought. The numbers are stored.</summary>
internal enum ImportKind : short
{
    Bags = 1,
    ScanLog = 2,
    DryRun = 3,
}
