using System.Runtime.InteropServices;
using Npgsql;

namespace TraceTrack.LoadTest;

/// <summary>What figures were taken on.</summary>
internal static class Machine
{
    /// <value>The version of the server that is measured; null until there is one.</value>
    public static string? Postgres { get; set; }

    public static string Describe()
    {
        var text = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}, {Processor()}{Environment.ProcessorCount} cores, .NET {Environment.Version}, "
            + $"Npgsql {typeof(NpgsqlConnection).Assembly.GetName().Version?.ToString(3)}";
        return Postgres is null ? text : $"{text}, PostgreSQL {Postgres}";
    }

    private static string Processor()
    {
        const string File = "/proc/cpuinfo";
        if (!System.IO.File.Exists(File))
            return "";
        var name = System.IO.File.ReadLines(File).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
        return name is null ? "" : name + ", ";
    }
}
