using System.Diagnostics;
using TraceTrack.Scans;

namespace TraceTrack.Diagnostics;

internal sealed class ScanBatchOperation(ScanInstruments instruments, TimeProvider clock)
    : Operation<IReadOnlyList<ScanResult>>(clock, instruments.Duration)
{
    public const string Record = "record_scans";

    protected override bool IsCounted => instruments.AreCounted;

    protected override string Outcome(IReadOnlyList<ScanResult> result) => "done";

    protected override void Count(string action, string outcome, IReadOnlyList<ScanResult> result, Activity? activity)
    {
        activity?.SetTag(TraceTrackDiagnostics.CountTag, result.Count);
        if (!instruments.AreCounted)
            return;
        foreach (var scan in result)
            instruments.Count(TagValue.Of(scan.Scan.Action), TagValue.Of(scan.Outcome), scan.Rejection);
    }
}
