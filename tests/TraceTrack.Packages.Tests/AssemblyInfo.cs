using TraceTrack.Packages.Tests;

[assembly: AssemblyFixture(typeof(PackedPackages))]
[assembly: AssemblyFixture(typeof(PostgresServer))]
