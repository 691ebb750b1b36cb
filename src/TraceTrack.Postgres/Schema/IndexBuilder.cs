using Microsoft.Extensions.Logging;
using Npgsql;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

/// <summary>Builds and rebuilds indexes one by one, so that one that cannot be built keeps no other from it. Locks nobody out.</summary>
internal sealed class IndexBuilder(NpgsqlConnection connection, Database database, IProgress<string>? progress, ILogger logger)
{
    public List<string> Created { get; } = [];

    public List<string> Rebuilt { get; } = [];

    public List<string> Problems { get; } = [];

    public async ValueTask BuildAsync(IndexState state, CancellationToken cancellationToken)
    {
        await RemoveLeftOversAsync(state, cancellationToken).ConfigureAwait(false);
        foreach (var index in state.Invalid.Where(index => !index.IsLeftOver && !index.IsPartitioned))
            await TryAsync(index.Name, "Rebuilding", Rebuilt, token => ExecuteAsync($"REINDEX INDEX CONCURRENTLY tracetrack.{Quoted(index.Name)}", token), cancellationToken).ConfigureAwait(false);
        // After its parts, which make it valid.
        foreach (var index in state.Invalid.Where(index => index.IsPartitioned))
            await TryAsync(index.Name, "Completing", Rebuilt, token => CompleteAsync(index, token), cancellationToken).ConfigureAwait(false);
        foreach (var index in state.Missing)
            await TryAsync(index.Name, "Building", Created, token => CreateAsync(index, token), cancellationToken).ConfigureAwait(false);
        // A rebuild that failed leaves its copy, which every write would have to keep up.
        if (Problems.Count > 0)
            await RemoveLeftOversAsync(await IndexState.ReadAsync(connection, database, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask RemoveLeftOversAsync(IndexState state, CancellationToken cancellationToken)
    {
        foreach (var index in state.Invalid.Where(index => index.IsLeftOver))
            await TryAsync(index.Name, "Removing", [], token => ExecuteAsync($"DROP INDEX CONCURRENTLY IF EXISTS tracetrack.{Quoted(index.Name)}", token), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        var command = connection.Command(database.Sql(sql));
        await using var _ = command.ConfigureAwait(false);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask TryAsync(
        string name, string verb, List<string> done, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken)
    {
        progress?.Report($"{verb} {name}");
        Log.BuildingIndex(logger, name);
        var before = done.Count;
        try
        {
            await work(cancellationToken).ConfigureAwait(false);
            done.Add(name);
        }
        catch (PostgresException error) when (error.SqlState != PostgresErrorCodes.QueryCanceled && !error.IsTransient)
        {
            Problems.Add(Sentence(name, error));
        }
        catch (IndexProblemException problem)
        {
            Problems.Add($"{name}: {problem.Message}");
        }

        database.Meter.Index(verb.ToLowerInvariant(), done.Count > before);
    }

    /// <summary>The detail names the value that is there twice, which is what one needs to know.</summary>
    private static string Sentence(string name, PostgresException error) =>
        error.SqlState == PostgresErrorCodes.UniqueViolation ? $"{name}: {error.MessageText}. {error.Detail}" : $"{name}: {error.MessageText}";

    private async ValueTask CreateAsync(IndexDefinition index, CancellationToken cancellationToken)
    {
        var statement = index.Statement;
        if (index.NeedsTrigrams)
        {
            var schema = await Trigrams.SchemaAsync(connection, cancellationToken).ConfigureAwait(false)
                ?? throw new IndexProblemException("it needs the extension pg_trgm. Install postgresql-contrib, run CREATE EXTENSION pg_trgm, and optimize again.");
            statement = statement.Replace(IndexCatalog.TrigramOperators, schema + "." + IndexCatalog.TrigramOperators, StringComparison.Ordinal);
        }

        if (await IsPartitionedAsync(index.Table, cancellationToken).ConfigureAwait(false))
            await CreatePartitionedAsync(index, statement, cancellationToken).ConfigureAwait(false);
        else
            await BuildAsync(statement, index.Table, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask BuildAsync(string statement, string table, CancellationToken cancellationToken)
    {
        // On an empty table the plain way is done at once; the other one waits for every older transaction.
        var hasRows = await AskAsync($"SELECT EXISTS (SELECT FROM tracetrack.{table})", cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(
            hasRows ? statement.Replace("INDEX IF NOT EXISTS", "INDEX CONCURRENTLY IF NOT EXISTS", StringComparison.Ordinal) : statement,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>On the table alone first; it becomes valid when the index of the last partition is attached.</summary>
    private async ValueTask CreatePartitionedAsync(IndexDefinition index, string statement, CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            statement.Replace($" ON tracetrack.{index.Table} ", $" ON ONLY tracetrack.{index.Table} ", StringComparison.Ordinal), cancellationToken).ConfigureAwait(false);
        foreach (var partition in await ListAsync(IndexSql.PartitionsWithout, cancellationToken, index.Table, index.Name).ConfigureAwait(false))
        {
            // scan_qr_idx of scan is scan_2026_11_qr_idx of scan_2026_11.
            var part = partition + index.Name[index.Table.Length..];
            progress?.Report($"Building {part}");
            await BuildAsync(
                statement.Replace($" {index.Name} ON tracetrack.{index.Table} ", $" {part} ON tracetrack.{partition} ", StringComparison.Ordinal),
                partition,
                cancellationToken).ConfigureAwait(false);
            await ExecuteAsync($"ALTER INDEX tracetrack.{index.Name} ATTACH PARTITION tracetrack.{part}", cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask CompleteAsync(InvalidIndex index, CancellationToken cancellationToken)
    {
        var wanted = IndexCatalog.All.FirstOrDefault(candidate => candidate.Name == index.Name)
            ?? throw new IndexProblemException("it is invalid, not TraceTrack's, and partitioned. Drop it and create it again.");
        await CreateAsync(wanted, cancellationToken).ConfigureAwait(false);
        if (await IsValidAsync(index.Name, cancellationToken).ConfigureAwait(false))
            return;
        // Rebuilt parts that were attached before do not make it valid by themselves; attaching them again does, on newer servers.
        foreach (var part in await ListAsync(IndexSql.PartsOf, cancellationToken, index.Name).ConfigureAwait(false))
            await ExecuteAsync($"ALTER INDEX tracetrack.{index.Name} ATTACH PARTITION tracetrack.{Quoted(part)}", cancellationToken).ConfigureAwait(false);
        if (await IsValidAsync(index.Name, cancellationToken).ConfigureAwait(false))
            return;
        await ExecuteAsync($"DROP INDEX tracetrack.{index.Name}", cancellationToken).ConfigureAwait(false);
        await CreateAsync(wanted, cancellationToken).ConfigureAwait(false);
    }

    private static string Quoted(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private ValueTask<bool> IsPartitionedAsync(string table, CancellationToken cancellationToken) =>
        AskAsync(IndexSql.IsPartitioned, cancellationToken, Named(table));

    private ValueTask<bool> IsValidAsync(string index, CancellationToken cancellationToken) => AskAsync(IndexSql.IsValid, cancellationToken, Named(index));

    private async ValueTask<bool> AskAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        var command = connection.Command(database.Sql(sql), parameters);
        await using var _ = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    private async ValueTask<List<string>> ListAsync(string sql, CancellationToken cancellationToken, params string[] names)
    {
        var command = connection.Command(sql, [.. names.Select(Named)]);
        await using var _ = command.ConfigureAwait(false);
        return await command.ReadAllAsync(row => row.GetString(0), cancellationToken).ConfigureAwait(false);
    }

    private NpgsqlParameter Named(string name) => Parameter($"{database.Schema.Name}.{Quoted(name)}");
}

/// <summary>An index that cannot be built, for a reason the report gives.</summary>
internal sealed class IndexProblemException(string message) : Exception(message);
