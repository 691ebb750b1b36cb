using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Postgres.Tests;

namespace TraceTrack.Caching;

internal static class TestTiers
{
    /// <summary>PostgreSQL, memory and Redis, as a node of a real application has them.</summary>
    public static ITraceTrackBuilder UseBothTiers(this ITraceTrackBuilder traceTrack, PostgresServer postgres, RedisServer redis, string schema) =>
        traceTrack.UsePostgres(postgres.Source, o => o.SchemaName = schema).MigrateOnStartup().UseCaching().UseRedis(redis.ConnectionString, Patient);

    /// <summary>A busy test machine is no lost Redis.</summary>
    public static void Patient(RedisOptions options) =>
        (options.OperationTimeout, options.ConnectTimeout) = (TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20));
}
