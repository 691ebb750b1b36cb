using TraceTrack.Postgres.Tests;

[assembly: AssemblyFixture(typeof(PostgresServer))]
