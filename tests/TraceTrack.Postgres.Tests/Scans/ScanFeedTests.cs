using Npgsql;
using TraceTrack.Bags;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Postgres.Tests.Scans;

/// <summary>Commits that come late, which a feed by time or by number would skip.</summary>
public sealed class ScanFeedTests(PostgresServer server)
{
    private const string Insert = """
        INSERT INTO tracetrack.scan (recorded_at, scanned_at, scan_id, action, outcome, qr, actor_id) VALUES (clock_timestamp(), now(), $1, 1, 1, 'C001', 'x')
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_beside_fifty_writers_that_commit_late_sees_every_scan_once_and_in_order()
    {
        const int Writers = 50;
        const int Transactions = 12;
        await using var store = await PostgresStore.CreateAsync(server);
        var scans = store.TraceTrack.As(Actor.System).Scans;
        var committed = new System.Collections.Concurrent.ConcurrentBag<Guid>();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            var random = new Random(writer);
            for (var i = 0; i < Transactions; i++)
            {
                // Every fifth writer is the store itself.
                if (writer % 5 == 0)
                {
                    var scan = await scans.RecordAsync(RecordScan.Link(ScanId.New(), QrCode.Parse($"C{writer:00}{i:00}"), QrCode.Parse($"SB{writer}")), Stop);
                    committed.Add(scan.Scan.ScanId.Value);
                    continue;
                }

                foreach (var id in await WriteAsync(store, random))
                    committed.Add(id);
            }
        }));
        var seen = new List<ScanEvent>();
        for (EventPosition? position = null; ;)
        {
            var isLast = writing.IsCompleted;
            var page = await scans.ReadAfterAsync(position, 25, Stop);
            seen.AddRange(page.Events);
            position = page.Position;
            // What another test's open transaction holds back comes when that has ended.
            if (isLast && seen.Count >= committed.Count && !page.HasMore)
                break;
        }

        await writing;
        Assert.True(committed.Count > Writers * Transactions / 2);
        Assert.Equal(committed.Order(), seen.Select(e => e.Scan.ScanId.Value).Order());
        Assert.Equal(seen.Select(e => e.Position).Order(), seen.Select(e => e.Position));
        // The test means something only when commits came in another order than their numbers.
        Assert.NotEqual(seen.Select(e => e.Scan.EventId).Order(), seen.Select(e => e.Scan.EventId));
    }

    [Fact]
    public async Task Later_commits_wait_in_the_feed_for_a_transaction_that_is_still_open()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var scans = store.TraceTrack.As(Actor.System).Scans;
        await using var connection = await server.Source.OpenConnectionAsync(Stop);
        var transaction = await connection.BeginTransactionAsync(Stop);
        var held = Guid.NewGuid();
        await InsertAsync(store, connection, held);
        var later = new List<Guid>();
        for (var i = 0; i < 5; i++)
            later.Add((await scans.RecordAsync(RecordScan.Observe(ScanId.New(), QrCode.Parse($"C10{i}")), Stop)).Scan.ScanId.Value);
        for (var i = 0; i < 20; i++)
        {
            Assert.Empty((await scans.ReadAfterAsync(null, cancellationToken: Stop)).Events);
            await Task.Delay(50, Stop);
        }

        await transaction.CommitAsync(Stop);
        var page = await scans.ReadAfterAsync(null, cancellationToken: Stop);
        while (page.Events.Count < 6)
            page = await scans.ReadAfterAsync(null, cancellationToken: Stop);
        Assert.Equal([held, .. later], page.Events.Select(e => e.Scan.ScanId.Value));
    }

    [Fact]
    public async Task A_restored_dump_is_told_from_the_servers_own_rows_and_put_at_the_feeds_beginning()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var scans = store.TraceTrack.As(Actor.System).Scans;
        var keeper = (ScanLogKeeper)store.Services.GetService(typeof(ScanLogKeeper))!;
        for (var i = 0; i < 3; i++)
            await scans.RecordAsync(RecordScan.Observe(ScanId.New(), QrCode.Parse($"C00{i}")), Stop);
        Assert.Equal(0, await keeper.RebaseFeedAsync(Stop));
        await store.ExecuteAsync("UPDATE tracetrack.scan SET xid = '9000000000000'");
        Assert.Empty((await scans.ReadAfterAsync(null, cancellationToken: Stop)).Events);
        Assert.Contains("RebaseFeedAsync", Assert.Single((await keeper.MaintainAsync(Stop)).Problems), StringComparison.Ordinal);
        Assert.Equal(3, await keeper.RebaseFeedAsync(Stop));
        var latest = (await scans.RecordAsync(RecordScan.Observe(ScanId.New(), QrCode.Parse("C009")), Stop)).Scan;
        var page = await scans.ReadAfterAsync(null, cancellationToken: Stop);
        while (page.Events.Count < 4)
            page = await scans.ReadAfterAsync(null, cancellationToken: Stop);
        Assert.Equal(["C000", "C001", "C002", "C009"], page.Events.Select(e => e.Scan.Qr!.Value.Value));
        Assert.Equal(latest.ScanId, page.Events[^1].Scan.ScanId);
    }

    private async Task<Guid[]> WriteAsync(PostgresStore store, Random random)
    {
        await using var connection = await server.Source.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        Guid[] ids = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Guid.NewGuid())];
        foreach (var id in ids)
        {
            await InsertAsync(store, connection, id);
            await Task.Delay(random.Next(0, 25), Stop);
        }

        if (random.Next(8) == 0)
        {
            await transaction.RollbackAsync(Stop);
            return [];
        }

        await transaction.CommitAsync(Stop);
        return ids;
    }

    private static async Task InsertAsync(PostgresStore store, NpgsqlConnection connection, Guid id)
    {
        await using var command = new NpgsqlCommand(Insert.Replace("tracetrack.", store.Schema + ".", StringComparison.Ordinal), connection);
        command.Parameters.Add(new() { Value = id });
        await command.ExecuteNonQueryAsync(Stop);
    }
}
