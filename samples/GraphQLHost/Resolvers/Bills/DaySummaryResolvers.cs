using System.Globalization;
using GraphQLHost.Engines;
using TraceTrack.Bills;

namespace GraphQLHost.Resolvers.Bills;

internal static class DaySummaryResolvers
{
    private const string DateForm = "yyyy-MM-dd";
    private const int LongestZone = 64;

    public static void Bind(ResolverTable table, Loaders loaders)
    {
        table.Type<BillSummary>("BillSummary");
        table.Type<BillerSummary>("BillerSummary").Batch("creator", loaders.UserById, biller => biller.CreatedBy);
        table.Type<DaySummary>("DaySummary")
            .Field("date", day => day.Date.ToString(DateForm, CultureInfo.InvariantCulture))
            .Field("from", day => day.Range.From)
            .Field("before", day => day.Range.Before);
        table.Query("daySummary", Summarize);
    }

    private static ValueTask<DaySummary> Summarize(Arguments arguments, RequestContext context) =>
        context.Tracker().Bills.SummarizeDayAsync(Date(arguments.Text("date")), Zone(arguments.Text("timeZone")), context.CancellationToken);

    private static DateOnly Date(string text) =>
        DateOnly.TryParseExact(text, DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new GraphQLErrorException(HostErrorCodes.InvalidDate, "A date is a day of the calendar, written as 2026-11-25.");

    private static TimeZoneInfo Zone(string name) =>
        IsName(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw new GraphQLErrorException(HostErrorCodes.InvalidTimeZone, "There is no time zone of this name; names are such as Europe/Berlin or UTC.");

    // On Linux a name is a path below the zones' folder, and must not lead out of it.
    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestZone && name[0] != '/' && !name.Contains("..", StringComparison.Ordinal)
        && name.All(c => char.IsAsciiLetterOrDigit(c) || "/_-+. ()".Contains(c, StringComparison.Ordinal));
}
