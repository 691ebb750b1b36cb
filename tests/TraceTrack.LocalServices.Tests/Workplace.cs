using Microsoft.Extensions.Logging.Abstractions;

namespace TraceTrack.LocalServices.Tests;

/// <summary>A data folder of one test, deleted after it.</summary>
public sealed class Workplace : IDisposable
{
    // Made plainly, not as a "temporary folder": those are closed to the user as whom root runs the server.
    public string Folder { get; } = Directory.CreateDirectory(
        Path.Combine(Path.GetTempPath(), "tracetrack-tests", Guid.NewGuid().ToString("N")[..8])).FullName;

    public string PostgresFolder => Path.Combine(Folder, "test", "postgres");

    public string PostgresData => Path.Combine(PostgresFolder, "data");

    public string RedisFolder => Path.Combine(Folder, "test", "redis");

    public LocalServicesOptions Options(bool ephemeral = false) => new()
    {
        Name = "test",
        DataDirectory = Folder,
        Ephemeral = ephemeral,
        AllowDocker = false,
        ReadVariable = name => name.StartsWith("TRACETRACK_", StringComparison.Ordinal) ? null : Environment.GetEnvironmentVariable(name),
    };

    public async Task<LocalPostgres> PostgresAsync(bool ephemeral = false) =>
        await LocalPostgres.FindOrStartAsync(Options(ephemeral), NullLogger.Instance, TestContext.Current.CancellationToken)
        ?? throw Missing(LocalServicesAdvice.InstallPostgres);

    public async Task<LocalRedis> RedisAsync(bool ephemeral = false) =>
        await LocalRedis.FindOrStartAsync(Options(ephemeral), NullLogger.Instance, TestContext.Current.CancellationToken)
        ?? throw Missing(LocalServicesAdvice.InstallRedis);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    // On a laptop the run says what it left out; in CI nothing may be left out.
    private static InvalidOperationException Missing(string advice)
    {
        if (Environment.GetEnvironmentVariable("CI") is not "true")
        {
            Assert.Skip(advice);
        }

        return new InvalidOperationException(advice);
    }
}
