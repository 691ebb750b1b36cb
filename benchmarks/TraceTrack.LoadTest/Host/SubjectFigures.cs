using TraceTrack.Totals;

namespace TraceTrack.LoadTest.Host;

/// <summary>What a number of users saw: each with four requests a second, and all without a pause.</summary>
internal sealed record UsersFigures(int Users, Measured Open, Measured Closed);

/// <summary>All that was measured of a subject.</summary>
/// <param name="Subject">Which.</param>
/// <param name="Closed">50 users as fast as possible.</param>
/// <param name="Fixed">50 users at 200 requests a second.</param>
/// <param name="Probe">Which reads PostgreSQL had no part in after that; null of the floor, where it has a part in all.</param>
/// <param name="Seventy">50 users at 70 % of the closed loop's rate.</param>
/// <param name="Curve">Other numbers of users.</param>
/// <param name="Hundreds">Look-ups by the hundred; null when there were none.</param>
/// <param name="Totals">Of the store in the end.</param>
internal sealed record SubjectFigures(
    Subject Subject, Measured Closed, Measured Fixed, ReadProbe? Probe, Measured Seventy, IReadOnlyList<UsersFigures> Curve, Measured? Hundreds,
    TraceTrackTotals Totals);

/// <summary>What requests cost, by the host's own metrics; of the floor nothing is known.</summary>
internal static class Costs
{
    /// <summary>Of all codes, numbers and sessions that were looked up, those that the cache had, in percent: what CacheStatistics calls the hit ratio.</summary>
    public static double? OfCache(Measured run)
    {
        const string Keys = "tracetrack_cache_reads_total";
        return run.After is null || run.After.Sum(Keys) == 0 ? null : 100 * (1 - (run.Difference(Keys, "tier=\"store\"") / run.Difference(Keys)));
    }

    /// <summary>Statements, and batches of them, for each request.</summary>
    public static double? StatementsPerRequest(Measured run) =>
        run.After is null ? null : run.Difference("db_client_operation_duration_seconds_count") / run.Load.Figures.Requests;

    /// <summary>Memory that is allocated for each request.</summary>
    public static double? AllocatedKilobytes(Measured run) =>
        run.After is null ? null : run.Difference("dotnet_gc_heap_total_allocated_bytes_total") / run.Load.Figures.Requests / 1000;
}
