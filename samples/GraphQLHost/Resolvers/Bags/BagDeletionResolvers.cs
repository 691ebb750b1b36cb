using GraphQLHost.Engines;
using TraceTrack.Bags;

namespace GraphQLHost.Resolvers.Bags;

internal static class BagDeletionResolvers
{
    public static void Bind(ResolverTable table, Loaders loaders)
    {
        table.Enum<DeleteOutcome>("DeleteOutcome").Enum<DeleteRejection>("DeleteRejection");
        table.Type<DeleteResult>("DeleteBagPayload")
            .Field("qr", result => result.Qr.Value)
            .Field("reason", result => result.Rejection)
            .Field("detail", result => result.Fact)
            // What was deleted needs no look-up, nor what never was.
            .Batch("bag", loaders.BagByQr, result => result.Rejection is null or DeleteRejection.UnknownBag ? null : (QrCode?)result.Qr);
        table.Type<DeleteBagsPayload>("DeleteBagsPayload");
        table.Mutation("deleteBag", Delete).Mutation("deleteBags", DeleteMany);
    }

    private static ValueTask<DeleteResult> Delete(Arguments arguments, RequestContext context) =>
        context.Tracker().Bags.DeleteAsync(QrCode.Parse(arguments.Text("qr")), context.CancellationToken);

    private static async ValueTask<DeleteBagsPayload> DeleteMany(Arguments arguments, RequestContext context) =>
        new(await context.Tracker().Bags.DeleteManyAsync(Batches.Read(context, arguments.Texts("qrs"), QrCode.Parse), context.CancellationToken));

    private sealed record DeleteBagsPayload(IReadOnlyList<DeleteResult> Results)
    {
        public int Deleted => Results.Count(result => result.Outcome == DeleteOutcome.Deleted);

        public int Refused => Results.Count - Deleted;
    }
}
