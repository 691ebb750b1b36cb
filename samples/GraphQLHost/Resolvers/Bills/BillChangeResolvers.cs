using GraphQLHost.Engines;
using TraceTrack.Bills;
using static GraphQLHost.Resolvers.Bills.BillResolvers;

namespace GraphQLHost.Resolvers.Bills;

/// <summary>What becomes of a bill after its creation. What forbids a change is an error with a code; a stale version shows both.</summary>
internal static class BillChangeResolvers
{
    public static void Bind(ResolverTable table)
    {
        table.Enum<RecalculationOutcome>("RecalculationOutcome").Enum<BillFigure>("BillFigure");
        table.Type<DeleteBillPayload>("DeleteBillPayload");
        table.Type<RecalculateBillPayload>("RecalculateBillPayload");
        table.Type<FigureDifference>("FigureDifference").Field("parent", difference => difference.Parent?.Value);
        table.Mutation("reopenBill", Reopen).Mutation("resizeBill", Resize).Mutation("deleteBill", Delete).Mutation("recalculateBill", Recalculate);
    }

    private static async ValueTask<BillPayload> Reopen(Arguments arguments, RequestContext context)
    {
        var input = arguments.Input("input");
        return new(await context.Tracker().Bills.ReopenAsync(Number(input), input.LongNumberOrNull("version"), context.CancellationToken));
    }

    private static async ValueTask<BillPayload> Resize(Arguments arguments, RequestContext context)
    {
        var input = arguments.Input("input");
        return new(await context.Tracker().Bills.ResizeAsync(
            Number(input), input.Number("capacity"), input.LongNumberOrNull("version"), context.CancellationToken));
    }

    private static async ValueTask<DeleteBillPayload> Delete(Arguments arguments, RequestContext context)
    {
        var input = arguments.Input("input");
        return new(await context.Tracker().Bills.DeleteAsync(Number(input), input.LongNumberOrNull("version"), context.CancellationToken));
    }

    private static async ValueTask<RecalculateBillPayload> Recalculate(Arguments arguments, RequestContext context)
    {
        var answer = await context.Tracker().Bills.RecalculateAsync(Number(arguments.Input("input")), context.CancellationToken);
        return new(answer.IsExact ? RecalculationOutcome.Exact : RecalculationOutcome.Mended, answer.Differences, answer.Bill);
    }

    private static BillNumber Number(Arguments input) => BillNumber.Parse(input.Text("number"));

    private sealed record DeleteBillPayload(Bill Bill);

    private sealed record RecalculateBillPayload(RecalculationOutcome Outcome, IReadOnlyList<FigureDifference> Differences, Bill Bill);
}
