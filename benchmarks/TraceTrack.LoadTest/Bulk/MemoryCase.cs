using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.DemoData;
using TraceTrack.Users;

namespace TraceTrack.LoadTest.Bulk;

/// <summary>The largest working set of a process that does nothing but stream rows into an empty store.</summary>
internal static class MemoryCase
{
    /// <summary>The verb of the process that imports; nobody types it.</summary>
    public const string ChildVerb = "import-and-tell-memory";

    private const string ConnectionVariable = "TRACETRACK_BENCH_CONNECTION";

    /// <returns>The peak in millions of bytes, and the import's seconds.</returns>
    public static async Task<(double Megabytes, double Seconds)> RunAsync(BenchSettings settings, int rows, CancellationToken cancellation)
    {
        await using var database = await BenchDatabase.CreateAsync(settings.Server, cancellation);
        return await ImportAsync(database, rows, cancellation);
    }

    /// <summary>Into a database that is there, and empty.</summary>
    public static async Task<(double Megabytes, double Seconds)> ImportAsync(BenchDatabase database, int rows, CancellationToken cancellation)
    {
        var start = OwnProgram.With(ChildVerb, rows.ToString(CultureInfo.InvariantCulture));
        start.RedirectStandardOutput = true;
        // Not an argument: it holds a password.
        start.Environment[ConnectionVariable] = database.ConnectionString;
        using var child = Process.Start(start)!;
        await using var stop = cancellation.Register(child.Kill);
        var told = (await child.StandardOutput.ReadToEndAsync(cancellation)).Trim().Split(' ');
        await child.WaitForExitAsync(cancellation);
        if (child.ExitCode != 0 || told.Length != 2)
            throw new InvalidOperationException($"The import failed with code {child.ExitCode}.");
        Work.Check(await database.ScalarAsync<long>("SELECT count(*) FROM tracetrack.bag", cancellation), rows, "rows in tracetrack.bag");
        Work.Check((await database.TotalsAsync(cancellation)).Bags, rows, "bags in the totals");
        return (long.Parse(told[0], CultureInfo.InvariantCulture) / 1e6, double.Parse(told[1], CultureInfo.InvariantCulture));
    }

    public static async Task<int> RunChildAsync(int rows, CancellationToken cancellation)
    {
        var connection = Environment.GetEnvironmentVariable(ConnectionVariable)
            ?? throw new InvalidOperationException($"The bench starts this itself, with {ConnectionVariable}.");
        await using var services = new ServiceCollection().AddTraceTrack().UsePostgres(connection).Services.BuildServiceProvider();
        var imports = services.GetRequiredService<ITraceTrack>().As(Actor.System).Imports;
        var report = await imports.ImportAsync(new DemoWarehouse(rows).RowsAsync(), new(), cancellationToken: cancellation);
        using var self = Process.GetCurrentProcess();
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{self.PeakWorkingSet64} {report.Elapsed.TotalSeconds:F2}"));
        return 0;
    }
}
