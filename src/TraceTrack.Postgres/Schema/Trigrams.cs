using Microsoft.Extensions.Logging;
using Npgsql;

namespace TraceTrack.Postgres;

internal static class TrigramSql
{
    /// <summary>Installs the extension where the server has it and the role may; goes on without where not.</summary>
    public const string Install = """
        DO $$ BEGIN
            IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
                CREATE EXTENSION IF NOT EXISTS pg_trgm;
            END IF;
        EXCEPTION
            WHEN insufficient_privilege THEN RAISE NOTICE 'pg_trgm was not installed: %', SQLERRM;
            -- Another process installed it at the same moment; IF NOT EXISTS does not cover that.
            WHEN unique_violation OR duplicate_object THEN NULL;
        END $$;
        """;

    /// <summary>The extension's schema: its operator class must be named with it, whatever the search path is.</summary>
    public const string Schema =
        "SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm'";
}

/// <summary>The optional extension pg_trgm: without it only search inside codes is missing.</summary>
internal static class Trigrams
{
    /// <summary>Names the operator class with its schema, or drops the statement that needs it.</summary>
    public static async Task<string> AdaptAsync(NpgsqlConnection connection, string sql, ILogger logger, CancellationToken cancellationToken)
    {
        var schema = await InstallAsync(connection, cancellationToken).ConfigureAwait(false);
        if (schema is not null)
            return sql.Replace(IndexCatalog.TrigramOperators, schema + "." + IndexCatalog.TrigramOperators, StringComparison.Ordinal);
        Log.NoTrigrams(logger, "Install postgresql-contrib and run: CREATE EXTENSION pg_trgm; then optimize.");
        return string.Join('\n', sql.Split('\n').Where(line => !line.Contains(IndexCatalog.TrigramOperators, StringComparison.Ordinal)));
    }

    public static async Task<string?> InstallAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var install = new NpgsqlCommand(TrigramSql.Install, connection);
        await using var _ = install.ConfigureAwait(false);
        await install.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return await SchemaAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    public static async Task<string?> SchemaAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var find = new NpgsqlCommand(TrigramSql.Schema, connection);
        await using var _ = find.ConfigureAwait(false);
        return (string?)await find.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    }
}
