using Microsoft.Extensions.DependencyInjection;

namespace TraceTrack;

/// <summary>Carries the registration on: choose a store, then what decorates it.</summary>
public interface ITraceTrackBuilder
{
    /// <summary>The application's services.</summary>
    IServiceCollection Services { get; }
}
