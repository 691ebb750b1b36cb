using GraphQLHost.Engines;
using TraceTrack.Bills;

namespace GraphQLHost.Resolvers.Bills;

internal static class BillBatchResolvers
{
    public static void Bind(ResolverTable table)
    {
        table.Enum<BillOutcome>("BillOutcome");
        table.Type<BillResult>("BillResult").Field("number", result => result.Number.Value);
        table.Type<BillsPayload>("BillsPayload");
        table.Mutation("completeBills", (arguments, context) => SetStatus(BillStatus.Completed, arguments, context))
            .Mutation("reopenBills", (arguments, context) => SetStatus(BillStatus.Processing, arguments, context));
    }

    private static async ValueTask<BillsPayload> SetStatus(BillStatus status, Arguments arguments, RequestContext context)
    {
        var numbers = Batches.Read(context, arguments.Texts("numbers"), BillNumber.Parse);
        return new(await context.Tracker().Bills.SetStatusManyAsync(numbers, status, context.CancellationToken));
    }

    private sealed record BillsPayload(IReadOnlyList<BillResult> Results)
    {
        public int Changed => Results.Count(result => result.Outcome == BillOutcome.Changed);

        public int Refused => Results.Count - Changed;
    }
}
