using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;

namespace TraceTrack.Diagnostics;

/// <summary>What the door measures, one operation for each kind of work.</summary>
internal sealed class Telemetry
{
    public static readonly string? Version = typeof(Telemetry).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    public static readonly ActivitySource Source = new(TraceTrackDiagnostics.ActivitySourceName, Version);

    public Telemetry(TraceTrackMeter meter, TimeProvider clock)
    {
        var scans = new ScanInstruments(meter.Meter);
        (Scan, ScanBatch) = (new(scans, clock), new(scans, clock));
        Counter<long> bills = meter.Meter.CreateCounter<long>(TraceTrackDiagnostics.BillChanges, "{bill}", "Bills created, resized, completed, reopened and deleted");
        (Bill, BillBatch) = (new(bills, clock), new(bills, clock));
        (Delete, Import, Export) = (new(meter.Meter, clock), new(meter.Meter, clock), new(meter.Meter, clock));
        Recalculation = new(meter.Meter, clock);
        (Search, Sessions) = (new(clock), new(meter.Meter));
    }

    public ScanOperation Scan { get; }

    public ScanBatchOperation ScanBatch { get; }

    public BillOperation Bill { get; }

    public ExportOperation Export { get; }

    public BillBatchOperation BillBatch { get; }

    public RecalculationOperation Recalculation { get; }

    public DeleteOperation Delete { get; }

    public ImportOperation Import { get; }

    public SearchOperation Search { get; }

    public SessionCounter Sessions { get; }
}
