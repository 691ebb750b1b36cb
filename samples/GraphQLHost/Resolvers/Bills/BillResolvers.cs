using GraphQLHost.Engines;
using TraceTrack.Bills;
using TraceTrack.Paging;

namespace GraphQLHost.Resolvers.Bills;

internal static class BillResolvers
{
    public static void Bind(ResolverTable table, Loaders loaders)
    {
        table.Enum<BillStatus>("BillStatus");
        table.Type<Bill>("Bill")
            .Field("number", bill => bill.Number.Value)
            .Batch("creator", loaders.UserById, bill => bill.CreatedBy)
            .Batch("parents", loaders.ParentsOnBill, bill => bill.ParentCount > 0 ? bill.Number : null, none: []);
        Connections.Bind<Bill>(table, "Bill");
        table.Type<BillPayload>("BillPayload");
        table.Query("bill", loaders.BillByNumber, arguments => BillNumber.Parse(arguments.Text("number"))).Query("bills", List);
        table.Mutation("createBill", Create).Mutation("completeBill", Complete);
    }

    private static ValueTask<Page<Bill>> List(Arguments arguments, RequestContext context) =>
        context.Tracker().Bills.ListAsync(Filter(arguments.InputOrNull("filter")), arguments.Page(), context.CancellationToken);

    private static async ValueTask<BillPayload> Create(Arguments arguments, RequestContext context)
    {
        var input = arguments.Input("input");
        var command = new CreateBill(BillNumber.Parse(input.Text("number")), input.Number("capacity"));
        return new(await context.Tracker().Bills.CreateAsync(command, context.CancellationToken));
    }

    private static async ValueTask<BillPayload> Complete(Arguments arguments, RequestContext context)
    {
        var input = arguments.Input("input");
        var number = BillNumber.Parse(input.Text("number"));
        return new(await context.Tracker().Bills.CompleteAsync(number, input.LongNumberOrNull("version"), context.CancellationToken));
    }

    private static BillFilter Filter(Arguments? input) => input is not { } filter ? BillFilter.All : new()
    {
        Status = filter.ChoiceOrNull<BillStatus>("status"),
        CreatedBy = filter.TextOrNull("createdBy"),
        Created = filter.Range("created"),
    };

    internal sealed record BillPayload(Bill Bill);
}
