using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Paging;

namespace TraceTrack.Caching;

/// <summary>Many who ask for the same at once, with and without a second tier.</summary>
public sealed class StampedeTests(RedisServer redis)
{
    private const int Callers = 1_000;
    private const int BatchSize = 100;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_thousand_callers_of_one_missing_key_cost_one_load(bool hasRedis)
    {
        var store = new CountingBagStore();
        await using var node = await StartAsync(store, hasRedis, Guid.NewGuid());
        var bags = node.Warehouse.Port<IBagStore>();
        var begun = 0;
        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(() =>
        {
            Interlocked.Increment(ref begun);
            return bags.FindAsync(QrCode.Parse("CB1"), default).AsTask();
        })).ToArray();
        await Eventually.HoldsAsync(() => Volatile.Read(ref begun) == Callers && store.Statements > 0);
        store.Answer();
        Assert.All(await Task.WhenAll(callers), bag => Assert.Equal("CB1", bag!.Qr.Value));
        Assert.Equal(1, store.Statements);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Batches_cost_one_statement_each_however_many_ask(bool hasRedis)
    {
        var store = new CountingBagStore();
        var storeId = Guid.NewGuid();
        await using var node = await StartAsync(store, hasRedis, storeId);
        var batches = Enumerable.Range(0, Callers).Select(i => QrCode.Parse($"CB{i}")).Chunk(BatchSize).ToArray();
        var callers = Enumerable.Range(0, 4).SelectMany(_ => batches).Select(batch => FindAsync(node, batch)).ToArray();
        await Eventually.HoldsAsync(() => store.Statements == batches.Length);
        store.Answer();
        await Task.WhenAll(callers);
        Assert.Equal(batches.Length, store.Statements);
        if (!hasRedis)
            return;

        // Another process finds all of it in Redis, once it is there.
        await Eventually.HoldsAsync(() => redis.Keys(storeId).Count(key => key.Contains(":b:", StringComparison.Ordinal)) == Callers);
        var unasked = new CountingBagStore();
        await using var other = await StartAsync(unasked, hasRedis, storeId);
        await Task.WhenAll(batches.Select(batch => FindAsync(other, batch)));
        Assert.Equal(0, unasked.Statements);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Batches_that_overlap_at_the_same_moment_load_no_key_twice_and_cost_no_more_than_one_statement_each(bool hasRedis)
    {
        var store = new CountingBagStore();
        store.Answer();
        await using var node = await StartAsync(store, hasRedis, Guid.NewGuid());
        var batches = Enumerable.Range(0, Callers).Select(i => Enumerable.Range(i, BatchSize).Select(n => QrCode.Parse($"CB{n % Callers}")).ToArray()).ToArray();
        await Task.WhenAll(batches.Select(batch => Task.Run(() => FindAsync(node, batch))));
        Assert.Equal(Callers, store.Keys);
        Assert.InRange(store.Statements, 1, Callers);
    }

    private static async Task FindAsync(Node node, QrCode[] batch)
    {
        var found = await node.Warehouse.Port<IBagStore>().FindManyAsync(batch, default);
        Assert.Equal(batch, found.Select(bag => bag!.Qr));
    }

    private Task<Node> StartAsync(CountingBagStore store, bool hasRedis, Guid storeId) => Node.StartAsync(traceTrack =>
    {
        traceTrack.Services.AddSingleton<IStoreIdentity>(new Identity(storeId));
        traceTrack.Services.AddSingleton<IBagStore>(store);
        traceTrack.UseInMemory().UseCaching();
        if (hasRedis)
            traceTrack.UseRedis(redis.ConnectionString, TestTiers.Patient);
    });

    private sealed class Identity(Guid storeId) : IStoreIdentity
    {
        public ValueTask<Guid> ReadAsync(CancellationToken cancellationToken) => new(storeId);
    }

    /// <summary>Has every bag, counts what it is asked, and answers when it is told to.</summary>
    private sealed class CountingBagStore : IBagStore
    {
        private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _statements;
        private int _keys;

        public int Statements => Volatile.Read(ref _statements);

        public int Keys => Volatile.Read(ref _keys);

        public void Answer() => _answer.SetResult();

        public async ValueTask<Bag?> FindAsync(QrCode qr, CancellationToken cancellationToken) => (await FindManyAsync([qr], cancellationToken))[0];

        public async ValueTask<IReadOnlyList<Bag?>> FindManyAsync(IReadOnlyList<QrCode> qrs, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _statements);
            Interlocked.Add(ref _keys, qrs.Count);
            await _answer.Task;
            return [.. qrs.Select(qr => Rows.Bag(qr.Value, version: 1))];
        }

        public ValueTask<IReadOnlyList<Bag>> ChildrenOfAsync(IReadOnlyList<QrCode> parents, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<Bag>> OnBillsAsync(IReadOnlyList<BillNumber> bills, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<Bag>> ListAsync(BagFilter filter, Slice<QrCode> slice, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<QrCode>> SearchAsync(string text, string? area, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<BagDeletion> DeleteManyAsync(IReadOnlyList<QrCode> qrs, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
