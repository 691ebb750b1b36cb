using TraceTrack.Totals;

namespace TraceTrack.LoadTest.Host;

/// <summary>What a number of users saw: each with four requests a second, and all without a pause.</summary>
internal sealed record UsersFigures(int Users, Measured Open, Measured Closed);

/// <summary>All that was measured of a subject.</summary>
/// <param name="Subject">Which.</param>
/// <param name="Closed">50 users as fast as possible.</param>
/// <param name="Fixed">50 users at 200 requests a second.</param>
/// <param name="Seventy">50 users at 70 % of the closed loop's rate.</param>
/// <param name="Curve">Other numbers of users.</param>
/// <param name="Hundreds">Look-ups by the hundred; null when there were none.</param>
/// <param name="Totals">Of the store in the end.</param>
internal sealed record SubjectFigures(
    Subject Subject, Measured Closed, Measured Fixed, Measured Seventy, IReadOnlyList<UsersFigures> Curve, Measured? Hundreds,
    TraceTrackTotals Totals);

/// <summary>What reads cost the database.</summary>
internal static class Reads
{
    private const string Loads = "tracetrack_cache_loads_total";

    /// <summary>
    /// Reads answered without PostgreSQL, in percent of the mix's reads (all but scans, changes and log-ins). Every load of the cache counts as a
    /// read that was not, refreshes among them, and every request of a kind that is not cached: so it is rather a little too low.
    /// </summary>
    public static double? WithoutDatabase(Measured run)
    {
        if (run.After is null)
            return null;
        var reads = Mix.Operations.Where(operation => operation.IsRead()).Sum(run.Load.Figures.Count);
        return 100 * (1 - Math.Min(1, Mix.Operations.Where(operation => operation.IsRead()).Sum(operation => FromDatabase(run, operation)) / reads));
    }

    /// <summary>Of one operation.</summary>
    public static double? WithoutDatabase(Measured run, Operation operation) => run.After is null
        ? null
        : 100 * (1 - Math.Min(1, FromDatabase(run, operation) / run.Load.Figures.Count(operation)));

    /// <summary>Of all codes, numbers and sessions that were looked up, those that the cache had, in percent: what CacheStatistics calls the hit ratio.</summary>
    public static double? OfCache(Measured run)
    {
        const string Keys = "tracetrack_cache_reads_total";
        return run.After is null || run.After.Sum(Keys) == 0 ? null : 100 * (1 - (run.Difference(Keys, "tier=\"store\"") / run.Difference(Keys)));
    }

    /// <summary>Statements, and batches of them, for each request.</summary>
    public static double? StatementsPerRequest(Measured run) =>
        run.After is null ? null : run.Difference("db_client_operation_duration_seconds_count") / run.Load.Figures.Requests;

    private static double FromDatabase(Measured run, Operation operation) => operation switch
    {
        _ when run.After!.Sum(Loads) == 0 => run.Load.Figures.Count(operation),
        Operation.BagByQr => run.Difference(Loads, "kind=\"bag\""),
        Operation.Search => run.Difference(Loads, "kind=\"search\""),
        Operation.Bill => run.Difference(Loads, "kind=\"bill\""),
        _ => run.Load.Figures.Count(operation),
    };
}
