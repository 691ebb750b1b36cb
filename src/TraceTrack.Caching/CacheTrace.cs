using System.Diagnostics;

namespace TraceTrack.Caching;

/// <summary>Activities of the cache, below those of the door.</summary>
internal static class CacheTrace
{
    private static readonly ActivitySource Source = new(TraceTrackDiagnostics.ActivitySourceName, CachingDiagnostics.Version);

    /// <summary>One round trip to the second tier.</summary>
    public static Activity? Tier(string operation, int count)
    {
        var activity = Source.HasListeners() ? Source.StartActivity($"{CachingDiagnostics.ActivityPrefix}{operation}", ActivityKind.Client) : null;
        activity?.SetTag(TraceTrackDiagnostics.CountTag, count);
        return activity;
    }

    /// <summary>One load of some keys.</summary>
    public static Activity? Load(string kind, int count)
    {
        var activity = Source.HasListeners() ? Source.StartActivity(CachingDiagnostics.LoadActivity) : null;
        activity?.SetTag(CachingDiagnostics.KindTag, kind);
        activity?.SetTag(TraceTrackDiagnostics.CountTag, count);
        return activity;
    }

    public static void Failed(this Activity? activity, Exception error)
    {
        activity?.SetTag("error.type", error.GetType().FullName);
        activity?.SetStatus(ActivityStatusCode.Error);
    }
}
