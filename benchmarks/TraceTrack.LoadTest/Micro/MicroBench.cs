using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace TraceTrack.LoadTest.Micro;

/// <summary>What BenchmarkDotNet found for one method.</summary>
/// <param name="Method">The subject.</param>
/// <param name="Parameters">In their order, joined; empty when there are none.</param>
/// <param name="Median">Nanoseconds of an operation in half of the iterations.</param>
/// <param name="Least">Nanoseconds of an operation in the fastest iteration.</param>
/// <param name="Bytes">Allocated by an operation.</param>
internal readonly record struct MicroFigure(string Method, string Parameters, double Median, double Least, double Bytes);

/// <summary>
/// Runs a class of BenchmarkDotNet in this process: a process of its own would be a project that is generated, restored and built first, which
/// takes longer than the measurement and fails where the registry is not at hand. What it says meanwhile is kept only when it fails.
/// </summary>
internal static class MicroBench
{
    public static IReadOnlyList<MicroFigure> Run<T>(Job job)
    {
        var log = new AccumulationLogger();
        var config = ManualConfig.CreateEmpty()
            .AddJob(job.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddLogger(log)
            .WithArtifactsPath(Path.Combine("artifacts", "bench", "details"))
            .WithOptions(ConfigOptions.DisableLogFile);
        var summary = BenchmarkRunner.Run<T>(config);
        if (summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success || report.ResultStatistics is null))
        {
            var file = Path.GetFullPath(Path.Combine("artifacts", "bench", typeof(T).Name + ".log"));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, log.GetLog());
            throw new InvalidOperationException($"{typeof(T).Name} failed; what it said is in {file}");
        }

        return [.. summary.Reports.Select(FigureOf)];
    }

    private static MicroFigure FigureOf(BenchmarkReport report) => new(
        report.BenchmarkCase.Descriptor.WorkloadMethod.Name,
        string.Join(' ', report.BenchmarkCase.Parameters.Items.Select(item => Convert.ToString(item.Value, CultureInfo.InvariantCulture))),
        report.ResultStatistics!.Median,
        report.ResultStatistics.Min,
        report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0);
}
