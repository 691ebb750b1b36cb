using BenchmarkDotNet.Attributes;
using TraceTrack.Bags;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Benchmarks;

/// <summary>What share of a scan are the rules? The baseline builds the state they work on and decides nothing.</summary>
[MemoryDiagnoser]
public class ScanRulesBenchmarks
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TraceTrackOptions _options = new();
    private readonly Bag[] _bags =
    [
        new() { Id = 1, Qr = QrCode.Parse("C01"), Kind = BagKind.Child, Version = 1 },
        new() { Id = 2, Qr = QrCode.Parse("SB1"), Kind = BagKind.Parent, Version = 2 },
    ];

    private readonly RecordScan[] _link = [RecordScan.Link(ScanId.New(), QrCode.Parse("C01"), QrCode.Parse("SB1"))];

    [GlobalSetup]
    public void Check()
    {
        if (Decide().Decisions[0].Scan.Outcome != ScanOutcome.Recorded)
            throw new InvalidOperationException("The scan was not recorded.");
    }

    [Benchmark(Baseline = true)]
    public ScanState State() => new(_bags, [], [], Now);

    [Benchmark]
    public ScanChanges Decide() => ScanRules.Decide(State(), _link, Actor.System, _options);
}
