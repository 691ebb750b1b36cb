using System.Diagnostics;
using System.Reflection;

namespace TraceTrack.Diagnostics;

/// <summary>What the door measures, one operation for each kind of work.</summary>
internal sealed class Telemetry(TraceTrackMeter meter, TimeProvider clock)
{
    public static readonly string? Version = typeof(Telemetry).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    public static readonly ActivitySource Source = new(TraceTrackDiagnostics.ActivitySourceName, Version);

    public ScanOperation Scan { get; } = new(meter.Meter, clock);

    public BillOperation Bill { get; } = new(meter.Meter, clock);

    public ImportOperation Import { get; } = new(meter.Meter, clock);

    public ExportOperation Export { get; } = new(meter.Meter, clock);

    public SearchOperation Search { get; } = new(clock);

    public SessionCounter Sessions { get; } = new(meter.Meter);
}
