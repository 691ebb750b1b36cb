using GraphQLHost.Engines;
using TraceTrack;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Users;

namespace GraphQLHost.Resolvers;

/// <summary>What is fetched for many objects at once; fields that fetch the same share one of these, and so one statement a level.</summary>
internal sealed class Loaders
{
    public BatchLoader<QrCode, Bag?> BagByQr { get; } =
        new("bagByQr", FindAsync);

    public BatchLoader<QrCode, IReadOnlyList<Bag>> ChildrenOfParent { get; } =
        new("childrenOfParent", (parents, context) => context.Tracker().Bags.ChildrenOfAsync(parents, context.CancellationToken));

    public BatchLoader<BillNumber, IReadOnlyList<Bag>> ParentsOnBill { get; } =
        new("parentsOnBill", (bills, context) => context.Tracker().Bags.OnBillsAsync(bills, context.CancellationToken));

    public BatchLoader<BillNumber, Bill?> BillByNumber { get; } =
        new("billByNumber", (numbers, context) => context.Tracker().Bills.FindManyAsync(numbers, context.CancellationToken));

    public BatchLoader<string, User?> UserById { get; } =
        new("userById", (ids, context) => context.Tracker().Users.FindManyAsync(ids, context.CancellationToken));

    /// <summary>Names of those who scanned, for everybody who sees the scan; who a user is otherwise is told by <see cref="UserById"/>.</summary>
    public BatchLoader<string, string?> NameOfActor { get; } = new("nameOfActor", async (ids, context) =>
        [.. (await context.Service<ITraceTrack>().As(Actor.System).Users.FindManyAsync(ids, context.CancellationToken)).Select(user => user?.Name)]);

    // One code is what a scanner looks up, thousands of times an hour; finding one is cheaper than finding many.
    private static async ValueTask<IReadOnlyList<Bag?>> FindAsync(IReadOnlyList<QrCode> qrs, RequestContext context) => qrs.Count == 1
        ? [await context.Tracker().Bags.FindAsync(qrs[0], context.CancellationToken)]
        : await context.Tracker().Bags.FindManyAsync(qrs, context.CancellationToken);
}
