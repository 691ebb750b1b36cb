using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace TraceTrack.Postgres;

/// <summary>Makes the pool of a connection string, sized by the options and by what the server allows.</summary>
internal static class DataSourceFactory
{
    /// <summary>Connections left for the server's own work and for administrators.</summary>
    private const int Reserve = 10;

    public static async Task<NpgsqlDataSource> CreateAsync(
        string connectionString, PostgresOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var allowed = Math.Max(1, await MaxConnectionsAsync(settings, cancellationToken).ConfigureAwait(false) - Reserve);
        var wanted = IsSet(settings, "Maximum Pool Size") ? settings.MaxPoolSize : options.MaxPoolSize;
        if (wanted > allowed)
            Log.PoolCapped(logger, wanted, allowed, allowed + Reserve);
        settings.MaxPoolSize = Math.Min(wanted, allowed);
        settings.MinPoolSize = Math.Min(IsSet(settings, "Minimum Pool Size") ? settings.MinPoolSize : options.MinPoolSize, settings.MaxPoolSize);
        // The statements of the stores are few and always the same; once prepared, the server neither parses nor plans them again.
        if (!IsSet(settings, "Max Auto Prepare"))
            (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (100, 2);
        // The stores leave nothing behind in a session, so the reset that a returned connection would run first is saved (an open
        // transaction is rolled back all the same).
        if (!IsSet(settings, "No Reset On Close"))
            settings.NoResetOnClose = true;
        settings.ApplicationName ??= "TraceTrack";
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }

    private static bool IsSet(NpgsqlConnectionStringBuilder settings, string key) => settings.ShouldSerialize(key);

    private static async Task<int> MaxConnectionsAsync(NpgsqlConnectionStringBuilder settings, CancellationToken cancellationToken)
    {
        var probe = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false }.ConnectionString);
        await using var _ = probe.ConfigureAwait(false);
        await probe.OpenAsync(cancellationToken).ConfigureAwait(false);
        var command = new NpgsqlCommand("SHOW max_connections", probe);
        await using var __ = command.ConfigureAwait(false);
        return int.Parse((string)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!, CultureInfo.InvariantCulture);
    }
}
