using System.Globalization;
using System.Threading.RateLimiting;
using GraphQLHost.Engines;

namespace GraphQLHost.RateLimits;

/// <summary>How a caller who asks too often is told.</summary>
internal static class RateLimited
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    public static TimeSpan WaitOf(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > Least ? wait : Least;

    public static GraphQLError Error(TimeSpan wait) => new(
        HostErrorCodes.RateLimited,
        string.Create(CultureInfo.InvariantCulture, $"Too many requests. Try again in {Seconds(wait)} s."),
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["retryAfterSeconds"] = Seconds(wait) });

    public static string Header(TimeSpan wait) => Seconds(wait).ToString(CultureInfo.InvariantCulture);

    private static int Seconds(TimeSpan wait) => (int)Math.Ceiling(wait.TotalSeconds);
}
