using TraceTrack.LocalServices;

namespace TraceTrack.LoadTest.Bulk;

/// <summary>PostgreSQL's own client, as the floor runs it.</summary>
internal sealed class Psql(LocalPostgres postgres)
{
    private readonly PostgresTool _psql = new(postgres, "psql");

    /// <summary>Runs commands one after the other over one connection; the first that fails ends it with an exception.</summary>
    public Task RunAsync(string database, IEnumerable<string> commands, CancellationToken cancellation) => _psql.RunAsync(
        database,
        ["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", .. commands.SelectMany(command => new[] { "--command", command })],
        cancellation);
}
