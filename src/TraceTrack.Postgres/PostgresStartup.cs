using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace TraceTrack.Postgres;

/// <summary>Before the application serves: migrate (when asked to) or check the schema, heal indexes, drop what killed imports left, and open the base connections.</summary>
internal sealed class PostgresStartup(
    SchemaMigrator migrator, IndexBootstrapper indexes, Database database, IOptions<PostgresOptions> options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.MigrateOnStartup)
        {
            await migrator.MigrateAsync(cancellationToken).ConfigureAwait(false);
            await indexes.HealAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await migrator.CheckAsync(cancellationToken).ConfigureAwait(false);
        }

        // What an import left behind that was killed, or whose server was.
        await StageSweep.TryRunAsync(database).ConfigureAwait(false);
        await database.WarmAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
