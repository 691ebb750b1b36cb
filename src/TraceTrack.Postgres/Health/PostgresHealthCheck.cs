using Microsoft.Extensions.Diagnostics.HealthChecks;
using Polly;

namespace TraceTrack.Postgres;

/// <summary>One statement, tried once: does the server answer, and has the schema what this library's statements need.</summary>
internal sealed class PostgresHealthCheck(Database database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var failure = context.Registration.FailureStatus;
        var needed = Migration.Newest;
        int version;
        try
        {
            // A server that hangs does not answer a cancellation either; who asks must not wait for that.
            version = await ReadVersionAsync(cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (TraceTrackException error)
        {
            return new(failure, error.Message, error, Data(0));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new(failure, "PostgreSQL does not answer.", error);
        }

        if (version < needed)
            return new(failure, $"The schema {database.Schema.Name} is at version {version} and this library needs {needed}. Migrate first.", data: Data(version));
        // Meanwhile a newer host migrated. What this one asks for is still there, as long as its statements do not fail.
        return version > needed
            ? HealthCheckResult.Degraded($"The schema {database.Schema.Name} is at version {version}, newer than this library's {needed}.", data: Data(version))
            : HealthCheckResult.Healthy(data: Data(version));
    }

    private ValueTask<int> ReadVersionAsync(CancellationToken cancellationToken) => database.RunAsync(
        ResiliencePipeline.Empty,
        database.Sql(MigrationSql.Version),
        static async (connection, sql, token) =>
        {
            var command = connection.Command(sql);
            await using var _ = command.ConfigureAwait(false);
            return (int)(await command.ExecuteScalarAsync(token).ConfigureAwait(false))!;
        },
        cancellationToken);

    private Dictionary<string, object> Data(int version) => new(StringComparer.Ordinal)
    {
        ["schema"] = database.Schema.Name,
        ["schema_version"] = version,
        ["pending_migrations"] = Migration.All.Count(migration => migration.Version > version),
    };
}
