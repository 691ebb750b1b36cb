using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using TraceTrack;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Exports;
using TraceTrack.History;
using TraceTrack.Imports;
using TraceTrack.Postgres;
using TraceTrack.Scans;
using TraceTrack.Totals;
using TraceTrack.Users;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers PostgreSQL as TraceTrack's store.</summary>
public static class TraceTrackPostgresBuilderExtensions
{
    /// <summary>Keeps everything in PostgreSQL, over a pool of TraceTrack's own, with the default options. No I/O happens here.</summary>
    /// <param name="builder">The registration.</param>
    /// <param name="connectionString">An Npgsql connection string; its pool sizes win over the options'.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="OptionsValidationException">The connection string cannot be used. The message names the keyword and never a value.</exception>
    public static ITraceTrackBuilder UsePostgres(this ITraceTrackBuilder builder, string connectionString) =>
        UsePostgres(builder, connectionString, configure: null);

    /// <summary>Keeps everything in PostgreSQL, over a pool of TraceTrack's own. No I/O happens here.</summary>
    /// <param name="builder">The registration.</param>
    /// <param name="connectionString">An Npgsql connection string; its pool sizes win over the options'.</param>
    /// <param name="configure">Sets schema, pool and retries; checked when the host starts.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="OptionsValidationException">The connection string cannot be used. The message names the keyword and never a value.</exception>
    public static ITraceTrackBuilder UsePostgres(
        this ITraceTrackBuilder builder, string connectionString, Action<PostgresOptions>? configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        ConnectionString.Check(connectionString);
        return Use(builder, new(connectionString, null), configure);
    }

    /// <summary>Keeps everything in PostgreSQL, over the application's own data source, with the default options. No I/O happens here.</summary>
    /// <remarks>
    /// A pool of TraceTrack's own sets <c>Max Auto Prepare=100</c> and <c>No Reset On Close=true</c>, which make small statements about twice
    /// as fast; consider both for yours. The stores leave nothing behind in a session.
    /// </remarks>
    /// <param name="builder">The registration.</param>
    /// <param name="dataSource">The application's; it is not disposed here.</param>
    /// <returns>The builder.</returns>
    public static ITraceTrackBuilder UsePostgres(this ITraceTrackBuilder builder, NpgsqlDataSource dataSource) =>
        UsePostgres(builder, dataSource, configure: null);

    /// <summary>Keeps everything in PostgreSQL, over the application's own data source. No I/O happens here.</summary>
    /// <param name="builder">The registration.</param>
    /// <param name="dataSource">The application's; it is not disposed here.</param>
    /// <param name="configure">Sets schema and retries; pool sizes are the data source's. Checked when the host starts.</param>
    /// <returns>The builder.</returns>
    public static ITraceTrackBuilder UsePostgres(
        this ITraceTrackBuilder builder, NpgsqlDataSource dataSource, Action<PostgresOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return Use(builder, new(null, dataSource), configure);
    }

    /// <summary>Brings the schema to this version whenever the host starts; safe when several start at once.</summary>
    /// <param name="builder">The registration, after UsePostgres.</param>
    /// <returns>The builder.</returns>
    public static ITraceTrackBuilder MigrateOnStartup(this ITraceTrackBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure<PostgresOptions>(options => options.MigrateOnStartup = true);
        return builder;
    }

    private static ITraceTrackBuilder Use(ITraceTrackBuilder builder, DataSourceSettings settings, Action<PostgresOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = services.AddOptions<PostgresOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PostgresOptions>, PostgresOptionsValidator>());
        services.TryAddSingleton(settings);
        services.TryAddSingleton<PostgresMeter>();
        services.TryAddSingleton<Database>();
        services.TryAddSingleton(provider => new SchemaMigrator(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SchemaMigrator>>()));
        services.TryAddSingleton(provider => new IndexBootstrapper(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<IndexBootstrapper>>()));
        services.TryAddSingleton(provider => new ScanLogKeeper(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<IOptions<PostgresOptions>>(),
            provider.GetRequiredService<IOptions<TraceTrackOptions>>(), provider.GetRequiredService<ILogger<ScanLogKeeper>>()));
        services.TryAddSingleton<IStoreIdentity, PostgresStoreIdentity>();
        services.TryAddSingleton<IBagStore, PostgresBagStore>();
        services.TryAddSingleton<IBillStore, PostgresBillStore>();
        services.TryAddSingleton<IScanStore, PostgresScanStore>();
        services.TryAddSingleton<IHistoryStore, PostgresHistoryStore>();
        services.TryAddSingleton<IUserStore, PostgresUserStore>();
        services.TryAddSingleton<ILoginSessionStore, PostgresLoginSessionStore>();
        services.TryAddSingleton<ITotalsStore, PostgresTotalsStore>();
        services.TryAddSingleton<IBagImporter, PostgresBagImporter>();
        services.TryAddSingleton<IBagExporter, PostgresBagExporter>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, PostgresStartup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ScanMaintenance>());
        return builder;
    }
}
