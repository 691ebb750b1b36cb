using System.Globalization;
using TraceTrack.Totals;
using TraceTrack.Users;

namespace GraphQLHost.Commands;

internal static class ReconcileCommand
{
    public static async Task<int> RunAsync(StoreSession session, CancellationToken cancellationToken)
    {
        var totals = session.TraceTrack.As(Actor.System).Totals;
        var result = await ProgressDisplay.OnErrorStream().ShowAsync(async progress =>
        {
            progress.Report("Counting");
            return await totals.ReconcileAsync(cancellationToken);
        });
        return await PrintAsync(Console.Out, result);
    }

    /// <returns>Failed when there was a difference, so that a scheduled job tells somebody.</returns>
    public static async Task<int> PrintAsync(TextWriter output, TotalsReconciliation result)
    {
        var (kept, counted) = (result.Kept, result.Counted);
        await TextTable.WriteAsync(
            output,
            [
                ["", "kept", "counted"],
                Row("bags", kept.Bags, counted.Bags),
                Row("parents", kept.Parents, counted.Parents),
                Row("children", kept.Children, counted.Children),
                Row("bills", kept.Bills, counted.Bills),
                Row("scans", kept.Scans, counted.Scans),
                Row("users", kept.Users, counted.Users),
            ],
            1, 2);
        await output.WriteLineAsync(result.IsExact ? "The totals are exact." : "The totals were wrong and are mended. This should never be: please report it.");
        return result.IsExact ? Failures.Ok : Failures.Failed;
    }

    private static string[] Row(string name, long kept, long counted) =>
        [name, kept.ToString("N0", CultureInfo.InvariantCulture), counted.ToString("N0", CultureInfo.InvariantCulture)];
}
