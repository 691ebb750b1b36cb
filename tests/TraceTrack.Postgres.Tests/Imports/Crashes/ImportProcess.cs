using System.Diagnostics;
using System.Globalization;
using Npgsql;
using TraceTrack.Imports;

namespace TraceTrack.Postgres.Tests.Imports.Crashes;

/// <summary>An import in a process of its own, which says when it has come to a phase, and is killed then.</summary>
internal static class ImportProcess
{
    public const string Verb = "import-until-killed";

    /// <summary>What the process runs: verb, connection string, schema, import id, connections, whether it is a dry run, phase.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        await using var scene = new CrashScene(new NpgsqlConnectionStringBuilder(args[1]) { ApplicationName = "killed " + args[2] }.ConnectionString, args[2]);
        var options = new ImportOptions
        {
            ImportId = Guid.Parse(args[3]),
            Connections = int.Parse(args[4], CultureInfo.InvariantCulture),
            DryRun = bool.Parse(args[5]),
        };
        var phase = Enum.Parse<ImportPhase>(args[6]);
        await scene.Imports.ImportAsync(CrashScene.RowsAsync(phase == ImportPhase.Reading ? StopAsync : null), options, new Teller(phase));
        return 0;

        static async Task StopAsync()
        {
            // Long enough for what was written to have gone; then it waits for its end.
            await Task.Delay(100);
            await Console.Out.WriteLineAsync(nameof(ImportPhase.Reading));
            await Task.Delay(Timeout.Infinite);
        }
    }

    /// <summary>Starts one and kills it as soon as it says that it has come to the phase.</summary>
    public static async Task KillInAsync(ImportPhase phase, string connectionString, string schema, ImportOptions options)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        // Run by the dotnet host, the program is the host's first argument.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ImportProcess).Assembly.Location);
        string[] arguments =
        [
            Verb, connectionString, schema, options.ImportId.ToString(), options.Connections.ToString(CultureInfo.InvariantCulture), options.DryRun.ToString(),
            phase.ToString(),
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        Assert.Equal(phase.ToString(), await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Teller(ImportPhase phase) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            if (value.Phase == phase && phase != ImportPhase.Reading)
                Console.Out.WriteLine(phase);
        }
    }
}
