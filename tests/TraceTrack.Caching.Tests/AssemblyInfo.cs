using TraceTrack.Caching;
using TraceTrack.Postgres.Tests;

[assembly: AssemblyFixture(typeof(PostgresServer))]
[assembly: AssemblyFixture(typeof(RedisServer))]
