using System.Diagnostics.Metrics;

namespace TraceTrack;

/// <summary>The one meter, for TraceTrack's packages to make their instruments of. Applications subscribe to <see cref="TraceTrackDiagnostics.MeterName"/>.</summary>
/// <remarks>The application's <see cref="IMeterFactory"/> makes it, when there is one (AddMetrics, which hosts call); else it is made and disposed of here.</remarks>
public sealed class TraceTrackMeter : IDisposable
{
    private readonly bool _isOwn;

    /// <summary>Makes the meter.</summary>
    /// <param name="factory">The application's; null for none.</param>
    public TraceTrackMeter(IMeterFactory? factory)
    {
        var options = new MeterOptions(TraceTrackDiagnostics.MeterName) { Version = Diagnostics.Telemetry.Version };
        _isOwn = factory is null;
        Meter = factory?.Create(options) ?? new Meter(options);
    }

    /// <summary>The meter.</summary>
    public Meter Meter { get; }

    /// <summary>Ends the meter, unless the application's factory made it.</summary>
    public void Dispose()
    {
        if (_isOwn)
            Meter.Dispose();
    }
}
