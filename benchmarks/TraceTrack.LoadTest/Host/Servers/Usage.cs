using System.Diagnostics;
using System.Globalization;

namespace TraceTrack.LoadTest.Host;

/// <summary>What a program took of the computer.</summary>
/// <param name="Processor">Of all its processes, since they began; null where that is not to be seen.</param>
/// <param name="Megabytes">Of memory, in millions of bytes.</param>
internal readonly record struct Usage(TimeSpan? Processor, double? Megabytes)
{
    private const string Proc = "/proc";

    // The kernel counts in hundredths of a second towards programs, on every architecture .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Of one process; anywhere.</summary>
    public static Usage OfProcess(int id)
    {
        using var process = Process.GetProcessById(id);
        return new(process.TotalProcessorTime, process.WorkingSet64 / 1e6);
    }

    /// <summary>Of a process and those it started, which share memory: PostgreSQL. On Linux only.</summary>
    public static Usage OfFamily(int? parent)
    {
        if (parent is not { } id || !OperatingSystem.IsLinux())
            return default;
        double ticks = 0, own = 0, shared = 0;
        foreach (var folder in Directory.EnumerateDirectories(Proc).Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            try
            {
                // The name, in brackets, may hold anything.
                var stat = File.ReadAllText(Path.Combine(folder, "stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                var isParent = int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture) == id;
                if (!isParent && int.Parse(fields[1], CultureInfo.InvariantCulture) != id)
                    continue;
                ticks += Number(fields[11]) + Number(fields[12]);
                // Of children that have ended.
                if (isParent)
                    ticks += Number(fields[13]) + Number(fields[14]);
                own += Kilobytes(folder, "RssAnon:");
                shared = Math.Max(shared, Kilobytes(folder, "RssShmem:"));
            }
            catch (IOException)
            {
                // It ended while we looked.
            }
        }

        return new(TimeSpan.FromSeconds(ticks / TicksPerSecond), (own + shared) * 1024 / 1e6);

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>The process that started another.</summary>
    public static int? ParentOf(int id)
    {
        try
        {
            var stat = File.ReadAllText($"{Proc}/{id.ToString(CultureInfo.InvariantCulture)}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static double Kilobytes(string folder, string field) =>
        File.ReadLines(Path.Combine(folder, "status")).FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal)) is { } line
            ? double.Parse(line.AsSpan(field.Length, line.Length - field.Length - 2), CultureInfo.InvariantCulture)
            : 0;
}
