using TraceTrack.Console.Tests.Support;

// One browser for all tests, and one test at a time: a page that is starved of time says nothing about the page.
[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: AssemblyFixture(typeof(PostgresServer))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
