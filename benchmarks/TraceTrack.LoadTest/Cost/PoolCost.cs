using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TraceTrack.Bags;
using TraceTrack.DemoData;
using TraceTrack.Postgres;

namespace TraceTrack.LoadTest.Cost;

/// <summary>
/// Look-ups through the library with its pool and with a connection made for each. What a connection costs is what goes beyond the same look-ups
/// over one connection that stays open.
/// </summary>
internal static class PoolCost
{
    private const int Lookups = 100;
    private const int Rounds = 3;

    public static async Task RunAsync(CostTable table, BenchDatabase database, DemoWarehouse warehouse, CancellationToken cancellation)
    {
        var codes = Enumerable.Range(0, Lookups).Select(i => DemoWarehouse.Child(i * (warehouse.Children / Lookups))).ToArray();
        List<double> pooled = [], each = [], open = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var (own, one, held) = (
                await LibraryAsync(database, codes, pooling: true, cancellation),
                await LibraryAsync(database, codes, pooling: false, cancellation),
                await HeldAsync(database, codes, cancellation));
            // The first round warms up our compiler.
            if (round == 0)
                continue;
            pooled.Add(own);
            each.Add(one);
            open.Add(held);
        }

        var (pool, without, least) = (Work.Median(pooled), Work.Median(each), Work.Median(open));
        table.Add(new("pool", "a look-up", "time", "ms", without, pool));
        table.Add(new("pool", "a look-up, beyond one over an open connection", "overhead", "ms", without - least, Math.Max(0, pool - least))
        {
            Claim = "connection overhead −70 %",
            Least = 70,
        });
    }

    private static async Task<double> LibraryAsync(BenchDatabase database, QrCode[] codes, bool pooling, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = pooling }.ConnectionString;
        await using var services = new ServiceCollection().AddTraceTrack().UsePostgres(connection).Services.BuildServiceProvider();
        var bags = services.GetRequiredService<IBagStore>();
        // The pool opens its first connection, and a statement is prepared when it comes again.
        for (var i = 0; i < 10; i++)
            await bags.FindAsync(codes[i], cancellation);
        var started = Stopwatch.GetTimestamp();
        foreach (var code in codes)
        {
            if (await bags.FindAsync(code, cancellation) is null)
                throw new InvalidOperationException($"{code} is not there.");
        }

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds / codes.Length;
    }

    private static async Task<double> HeldAsync(BenchDatabase database, QrCode[] codes, CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(BagSql.Find, connection);
        var code = Commands.Parameter("");
        command.Parameters.Add(code);
        await command.PrepareAsync(cancellation);
        for (var i = 0; i < 10; i++)
            await FindAsync(codes[i]);
        var started = Stopwatch.GetTimestamp();
        foreach (var qr in codes)
            await FindAsync(qr);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds / codes.Length;

        async Task FindAsync(QrCode qr)
        {
            code.TypedValue = qr.Value;
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            if (!await reader.ReadAsync(cancellation) || BagReader.Read(reader).Qr != qr)
                throw new InvalidOperationException($"{qr} is not there.");
        }
    }
}
