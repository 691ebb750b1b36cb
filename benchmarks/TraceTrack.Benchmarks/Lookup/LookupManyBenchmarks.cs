using BenchmarkDotNet.Attributes;
using TraceTrack.Bags;

namespace TraceTrack.Benchmarks.Lookup;

/// <summary>What do several bags cost that no cache holds, in one statement and one by one?</summary>
[MemoryDiagnoser]
public class LookupManyBenchmarks
{
    private const int Looks = 8;

    private LookupStore _store = null!;
    private NpgsqlLookup _npgsql = null!;
    private DapperLookup _dapper = null!;
    private EfCoreLookup _efCore = null!;
    private LinqToDbLookup _linqToDb = null!;
    private QrCode[][] _batches = [];
    private int _at;

    /// <summary>What a user's query asks for by hand-held scanner, and what a list's page does.</summary>
    [Params(3, 100)]
    public int Bags { get; set; }

    [GlobalSetup]
    public async Task OpenAsync()
    {
        _store = await LookupStore.OpenAsync();
        _npgsql = await NpgsqlLookup.OpenAsync(_store);
        (_dapper, _efCore, _linqToDb) = (new(_store), new(_store), new(_store));
        _batches = [.. _store.Codes.Chunk(Bags).Where(batch => batch.Length == Bags)];
        await CheckAsync();
    }

    [GlobalCleanup]
    public async Task CloseAsync()
    {
        await _npgsql.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Looks)]
    public async Task Npgsql()
    {
        for (var i = 0; i < Looks; i++)
            Count(await _npgsql.FindManyAsync(Next()));
    }

    [Benchmark(OperationsPerInvoke = Looks)]
    public async Task TraceTrack()
    {
        for (var i = 0; i < Looks; i++)
            Count(await _store.Bags.FindManyAsync(Next(), CancellationToken.None));
    }

    [Benchmark(OperationsPerInvoke = Looks)]
    public async Task Tracker()
    {
        for (var i = 0; i < Looks; i++)
            Count(await _store.Tracker.Bags.FindManyAsync(Next()));
    }

    [Benchmark(OperationsPerInvoke = Looks)]
    public async Task Dapper()
    {
        for (var i = 0; i < Looks; i++)
            Count(await _dapper.FindManyAsync(Next()));
    }

    [Benchmark(OperationsPerInvoke = Looks)]
    public async Task EFCore()
    {
        for (var i = 0; i < Looks; i++)
            Count(await _efCore.FindManyAsync(Next()));
    }

    [Benchmark(OperationsPerInvoke = Looks)]
    public async Task LinqToDb()
    {
        for (var i = 0; i < Looks; i++)
            Count(await _linqToDb.FindManyAsync(Next()));
    }

    [Benchmark(OperationsPerInvoke = Looks)]
    public async Task OneByOne()
    {
        for (var i = 0; i < Looks; i++)
        {
            foreach (var qr in Next())
                _ = await _store.Bags.FindAsync(qr, CancellationToken.None) ?? throw new InvalidOperationException("A bag was not found.");
        }
    }

    private QrCode[] Next()
    {
        var at = _at + 1;
        _at = at < _batches.Length ? at : 0;
        return _batches[_at];
    }

    private void Count<T>(IReadOnlyList<T> found)
    {
        if (found.Count != Bags || found[^1] is null)
            throw new InvalidOperationException($"{found.Count} bags were found, {Bags} expected.");
    }

    /// <summary>Every subject finds the same rows.</summary>
    private async Task CheckAsync()
    {
        foreach (var batch in _batches.Take(20))
        {
            var expected = (await _store.Bags.FindManyAsync(batch, CancellationToken.None)).Select(bag => FoundBag.Of(bag!)).ToHashSet();
            List<FoundBag>[] found = [await _npgsql.FindManyAsync(batch), await _dapper.FindManyAsync(batch), await _efCore.FindManyAsync(batch), await _linqToDb.FindManyAsync(batch)];
            if (expected.Count != batch.Length || found.Any(bags => !expected.SetEquals(bags)))
                throw new InvalidOperationException($"Not all find the same of {string.Join(' ', batch)}.");
        }
    }
}
