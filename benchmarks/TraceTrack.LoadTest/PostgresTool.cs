using System.Diagnostics;
using System.Globalization;
using Npgsql;
using TraceTrack.LocalServices;

namespace TraceTrack.LoadTest;

/// <summary>One of PostgreSQL's own programs, such as psql or pgbench, run against a database of the server that is measured.</summary>
internal sealed class PostgresTool(LocalPostgres postgres, string name)
{
    private readonly NpgsqlConnectionStringBuilder _server = new(postgres.ConnectionString);
    private readonly string _program = postgres.BinaryFolder is { } folder ? Path.Combine(folder, name) : name;

    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It ended with an error.</exception>
    public async Task<string> RunAsync(string database, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(_program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PGHOST"] = _server.Host;
        start.Environment["PGPORT"] = _server.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = _server.Username;
        start.Environment["PGPASSWORD"] = _server.Password;
        start.Environment["PGDATABASE"] = database;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{name} failed: {errors}{await output}");
    }
}
