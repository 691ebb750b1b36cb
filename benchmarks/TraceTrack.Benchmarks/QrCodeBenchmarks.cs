using BenchmarkDotNet.Attributes;
using TraceTrack.Bags;

namespace TraceTrack.Benchmarks;

/// <summary>What does it cost to normalise and check what a scanner read, against trimming and upper-casing alone?</summary>
[MemoryDiagnoser]
public class QrCodeBenchmarks
{
    /// <summary>As a scanner reads it, as a person types it, and with a zero-width space from a copied web page.</summary>
    [Params("SB0000123", " sb0000123 ", "sb\u200b0000123")]
    public string Text { get; set; } = "";

    [GlobalSetup]
    public void Check()
    {
        if (QrCode.Parse(Text).Value != "SB0000123")
            throw new InvalidOperationException("The code was not normalised.");
    }

    [Benchmark(Baseline = true)]
    public string TrimAndUpper() => Text.Trim().ToUpperInvariant();

    [Benchmark]
    public QrCode Parse() => QrCode.Parse(Text);
}
