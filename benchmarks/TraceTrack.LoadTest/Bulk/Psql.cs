using System.Diagnostics;
using Npgsql;
using TraceTrack.LocalServices;

namespace TraceTrack.LoadTest.Bulk;

/// <summary>PostgreSQL's own client, as the floor runs it.</summary>
internal sealed class Psql(LocalPostgres postgres)
{
    private readonly NpgsqlConnectionStringBuilder _server = new(postgres.ConnectionString);
    private readonly string _program = postgres.BinaryFolder is { } folder ? Path.Combine(folder, "psql") : "psql";

    /// <summary>Runs commands one after the other over one connection; the first that fails ends it with an exception.</summary>
    public async Task RunAsync(string database, IEnumerable<string> commands, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(_program, ["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var command in commands)
        {
            start.ArgumentList.Add("--command");
            start.ArgumentList.Add(command);
        }

        start.Environment["PGHOST"] = _server.Host;
        start.Environment["PGPORT"] = _server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = _server.Username;
        start.Environment["PGPASSWORD"] = _server.Password;
        start.Environment["PGDATABASE"] = database;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"psql failed: {errors}{await output}");
    }
}
