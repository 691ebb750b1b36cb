using TraceTrack.Users;

namespace TraceTrack;

/// <summary>The one door to TraceTrack. Inject it, and say who acts.</summary>
/// <example><code>var bag = await traceTrack.As(actor).Bags.FindAsync(QrCode.Parse("SB00001"));</code></example>
public interface ITraceTrack
{
    /// <summary>Everything, as one actor may see and change it. Cheap; keep the answer or ask anew.</summary>
    /// <param name="actor">Who acts; <see cref="Actor.System"/> for the application itself.</param>
    /// <returns>The actor's view.</returns>
    ITracker As(Actor actor);
}
