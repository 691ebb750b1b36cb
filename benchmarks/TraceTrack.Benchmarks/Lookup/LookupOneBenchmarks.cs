using BenchmarkDotNet.Attributes;
using TraceTrack.Bags;

namespace TraceTrack.Benchmarks.Lookup;

/// <summary>What does one bag cost that no cache holds, another one each time, against the driver alone and against other ways to read it?</summary>
[MemoryDiagnoser]
public class LookupOneBenchmarks
{
    /// <summary>One after the other without leaving the asynchronous method: else waking the caller would be a part of each look-up.</summary>
    private const int Looks = 64;

    private LookupStore _store = null!;
    private NpgsqlLookup _npgsql = null!;
    private DapperLookup _dapper = null!;
    private EfCoreLookup _efCore = null!;
    private LinqToDbLookup _linqToDb = null!;
    private int _at;

    [GlobalSetup]
    public async Task OpenAsync()
    {
        _store = await LookupStore.OpenAsync();
        _npgsql = await NpgsqlLookup.OpenAsync(_store);
        (_dapper, _efCore, _linqToDb) = (new(_store), new(_store), new(_store));
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
            _ = await _npgsql.FindAsync(Next()) ?? throw Missing();
    }

    [Benchmark(OperationsPerInvoke = Looks)]
    public async Task TraceTrack()
    {
        for (var i = 0; i < Looks; i++)
            _ = await _store.Bags.FindAsync(Next(), CancellationToken.None) ?? throw Missing();
    }

    [Benchmark(OperationsPerInvoke = Looks)]
    public async Task Tracker()
    {
        for (var i = 0; i < Looks; i++)
            _ = await _store.Tracker.Bags.FindAsync(Next()) ?? throw Missing();
    }

    [Benchmark(OperationsPerInvoke = Looks)]
    public async Task Dapper()
    {
        for (var i = 0; i < Looks; i++)
            _ = await _dapper.FindAsync(Next()) ?? throw Missing();
    }

    [Benchmark(OperationsPerInvoke = Looks)]
    public async Task EFCore()
    {
        for (var i = 0; i < Looks; i++)
            _ = await _efCore.FindAsync(Next()) ?? throw Missing();
    }

    [Benchmark(OperationsPerInvoke = Looks)]
    public async Task LinqToDb()
    {
        for (var i = 0; i < Looks; i++)
            _ = await _linqToDb.FindAsync(Next()) ?? throw Missing();
    }

    private QrCode Next()
    {
        var at = _at + 1;
        _at = at < _store.Codes.Length ? at : 0;
        return _store.Codes[_at];
    }

    /// <summary>Every subject finds the same rows.</summary>
    private async Task CheckAsync()
    {
        foreach (var qr in _store.Codes.Take(100))
        {
            var expected = FoundBag.Of(await _store.Bags.FindAsync(qr, CancellationToken.None) ?? throw Missing());
            FoundBag?[] found = [await _npgsql.FindAsync(qr), await _dapper.FindAsync(qr), await _efCore.FindAsync(qr), await _linqToDb.FindAsync(qr)];
            if ((await _store.Tracker.Bags.FindAsync(qr))?.Id != expected.Id || found.Any(bag => bag != expected))
                throw new InvalidOperationException($"Not all find the same of {qr}: {expected}; {string.Join("; ", found.AsEnumerable())}");
        }
    }

    private static InvalidOperationException Missing() => new("A bag was not found.");
}
