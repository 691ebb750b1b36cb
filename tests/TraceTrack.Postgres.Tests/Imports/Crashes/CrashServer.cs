using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TraceTrack.LocalServices;

namespace TraceTrack.Postgres.Tests.Imports.Crashes;

/// <summary>A PostgreSQL of its own, with its data in a folder of its own, to be killed and started again.</summary>
internal sealed class CrashServer : IAsyncDisposable
{
    // Made plainly, not as a "temporary folder": those are closed to the user as whom root runs the server.
    private readonly string _folder = Directory.CreateDirectory(
        Path.Combine(Path.GetTempPath(), "tracetrack-tests", Guid.NewGuid().ToString("N")[..8])).FullName;

    private LocalPostgres? _server;

    /// <summary>Without a pool: a connection from before the crash is none afterwards.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server!.ConnectionString) { MaxPoolSize = 8, Timeout = 60 }.ConnectionString;

    public async Task StartAsync()
    {
        var options = new LocalServicesOptions
        {
            Name = "crash",
            DataDirectory = _folder,
            AllowDocker = false,
            ReadVariable = name => name.StartsWith("TRACETRACK_", StringComparison.Ordinal) ? null : Environment.GetEnvironmentVariable(name),
        };
        _server = await LocalPostgres.FindOrStartAsync(options, NullLogger.Instance, TestContext.Current.CancellationToken);
        if (_server is null)
        {
            // Visibly skipped on a laptop; in CI a missing server is a failure.
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", LocalServicesAdvice.InstallPostgres);
            Assert.Skip("There are no server binaries on this computer. " + LocalServicesAdvice.InstallPostgres);
        }
    }

    /// <summary>Kills the server and every process of it, without a word.</summary>
    public void Kill()
    {
        var running = PostmasterFile.Read(Path.Combine(_folder, "crash", "postgres", "data"));
        using var postmaster = Process.GetProcessById(running!.ProcessId);
        postmaster.Kill(entireProcessTree: true);
        postmaster.WaitForExit();
        _server!.Abandon();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
