using System.Diagnostics;
using Spectre.Console;

namespace TraceTrack.LoadTest;

/// <summary>Measures work, and checks that it was done before its time counts.</summary>
internal static class Work
{
    /// <summary>While it goes on.</summary>
    public static void Say(string line) => AnsiConsole.WriteLine(line);

    public static async Task<double> SecondsAsync(BenchDatabase database, Func<Task> work, CancellationToken cancellation)
    {
        // What others wrote before is not to be written out during this.
        await database.ExecuteAsync("CHECKPOINT", cancellation);
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public static void Check(long found, long expected, string what)
    {
        if (found != expected)
            throw new InvalidOperationException($"The work was not done: {found:N0} {what}, {expected:N0} expected.");
    }

    public static double Median(IReadOnlyCollection<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
