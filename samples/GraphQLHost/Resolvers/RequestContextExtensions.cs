using GraphQLHost.Engines;
using TraceTrack;

namespace GraphQLHost.Resolvers;

internal static class RequestContextExtensions
{
    /// <summary>The warehouse as the one who asks may see and change it.</summary>
    public static ITracker Tracker(this RequestContext context) =>
        context.Service<ITraceTrack>().As(context.Actor ?? throw new InvalidOperationException("A field that answers without a session asked for one."));
}
