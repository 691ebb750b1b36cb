using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Imports;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Testing;

/// <summary>
/// Twenty clients who send batches over the same few bags and bills, in orders of their own: nobody waits for ever, nothing fails, and what
/// is left agrees with itself.
/// </summary>
public abstract class CrowdContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    private const int Clients = 20;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Overlapping_batches_of_every_kind_all_end_and_agree(int seed)
    {
        var warehouse = await OpenSmallAsync(o => o.AllowIncompleteParents = seed % 2 == 0);
        // Children come first here and parents first in what scans register, so that no order of keys is anybody's natural one.
        await warehouse.ImportAsync([.. Codes("C", 15).Select(qr => new BagRow(qr)), .. Codes("SB", 4).Select(qr => new BagRow(qr))]);
        for (var i = 0; i < 4; i++)
            await warehouse.CreateBillAsync($"B{i}", 5);
        var counts = await AtOnce(Clients, async client =>
        {
            var work = new Work(warehouse, new Random((100 * seed) + client));
            for (var round = 0; round < 12; round++)
                await work.DoAsync();
            return work.Scans;
        });
        Assert.Equal(counts.Sum(), (await warehouse.TotalsAsync()).Scans);
        await Consistency.AssertHoldsAsync(warehouse);
        await AfterwardsAsync(warehouse);
    }

    [Fact]
    public async Task Claims_and_moves_of_the_same_children_all_end_and_agree()
    {
        var warehouse = await OpenAsync();
        // Children have lower keys than their parents: who takes one out holds it before the parent.
        await warehouse.ImportAsync(
        [
            .. Codes("C", 40).Select((qr, i) => new BagRow(qr, $"SB{i % 4:00}")), .. Codes("SB", 4).Select(qr => new BagRow(qr)),
        ]);
        await AtOnce(Clients, async client =>
        {
            var random = new Random(client);
            for (var round = 0; round < 8; round++)
            {
                var children = Codes("C", 40).OrderBy(_ => random.Next()).Take(6).Select(QrCode.Parse).ToArray();
                RecordScan[] scans = client % 4 == 0
                    ? [.. children.Take(2).Select(child => RecordScan.Observe(ScanId.New(), child))]
                    : [.. children.SelectMany(child => new[] { RecordScan.Unlink(ScanId.New(), child), RecordScan.Link(ScanId.New(), child, QrCode.Parse($"SB{random.Next(8):00}")) })];
                await warehouse.RecordManyAsync(client % 4 == 0 ? warehouse.Dispatcher(client % 8 == 0 ? "NORTH" : "SOUTH") : warehouse.System, scans);
            }

            return client;
        });
        await Consistency.AssertHoldsAsync(warehouse);
        await AfterwardsAsync(warehouse);
    }

    [Fact]
    public async Task One_code_deleted_and_registered_by_many_is_there_or_not_and_its_version_only_grows()
    {
        var warehouse = await OpenAsync();
        var answers = await AtOnce(Clients, async client =>
        {
            var versions = new List<long>();
            for (var round = 0; round < 10; round++)
            {
                if (client % 2 == 0)
                    versions.Add((await warehouse.ObserveAsync("C0001")).Bag?.Version ?? 0);
                else
                    await warehouse.DeleteManyAsync("C0001", "C0002");
            }

            return versions;
        });
        // A scan waits for its turn, so what a client sees later is never older.
        Assert.All(answers, versions => Assert.Equal(versions.Order(), versions));
        Assert.All(answers.SelectMany(versions => versions), version => Assert.True(version > 0));
        var stored = await warehouse.Port<IBagStore>().FindAsync(QrCode.Parse("C0001"), CancellationToken.None);
        Assert.Equal(stored is null ? [] : ["C0001"], await warehouse.ListAsync(BagFilter.All));
        await Consistency.AssertHoldsAsync(warehouse);
        await AfterwardsAsync(warehouse);
    }

    [Fact]
    public async Task One_id_used_in_many_batches_for_different_bags_is_recorded_once()
    {
        var warehouse = await OpenAsync();
        var ids = Enumerable.Range(0, 200).Select(_ => ScanId.New()).ToArray();
        var answers = await AtOnce(Clients, client => warehouse.RecordManyAsync(
            warehouse.System,
            [.. (client % 2 == 0 ? ids : ids.Reverse()).Select((id, i) => RecordScan.Observe(id, QrCode.Parse($"C-{client}-{i}")))]));
        var results = answers.SelectMany(results => results).ToArray();
        Assert.Equal(ids.Length, results.Count(result => result.Outcome == ScanOutcome.Recorded));
        Assert.All(results.Where(result => result.Outcome != ScanOutcome.Recorded), result => Assert.Equal(ScanRejection.ScanIdReused, result.Rejection));
        Assert.Equal(ids.Length, (await warehouse.TotalsAsync()).Bags);
        await Consistency.AssertHoldsAsync(warehouse);
        await AfterwardsAsync(warehouse);
    }

    /// <summary>What a store can say of itself when all is quiet again, such as that no transaction was sacrificed for another.</summary>
    protected virtual Task AfterwardsAsync(Warehouse warehouse) => Task.CompletedTask;

    private static IEnumerable<string> Codes(string prefix, int count) =>
        Enumerable.Range(0, count).Select(i => prefix == "SB" ? $"SB{i:00}" : $"{prefix}{i:000}");

    /// <summary>One client's work: each call a batch over a random part of the bags, in random order.</summary>
    private sealed class Work(Warehouse warehouse, Random random)
    {
        public int Scans { get; private set; }

        public async Task DoAsync()
        {
            switch (random.Next(6))
            {
                case 0:
                    await warehouse.DeleteManyAsync(Some([.. Codes("C", 30), .. Codes("SB", 8)]));
                    break;
                case 1:
                    await SetAsync(BillStatus.Completed);
                    break;
                case 2:
                    await SetAsync(BillStatus.Processing);
                    break;
                case 3:
                    await ReadAsync();
                    break;
                default:
                    var scans = Enumerable.Range(0, random.Next(1, 25)).Select(_ => Scan()).ToArray();
                    Scans += scans.Length;
                    var results = await warehouse.RecordManyAsync(warehouse.Door.As(Actor.System), scans);
                    Assert.DoesNotContain(results, result => result.Rejection == ScanRejection.UnknownBag);
                    break;
            }
        }

        private async Task SetAsync(BillStatus status)
        {
            var numbers = Some(["B0", "B1", "B2", "B3"]);
            if (numbers.Length == 1 && status == BillStatus.Completed)
            {
                try
                {
                    await warehouse.CompleteAsync(numbers[0]);
                }
                catch (ConflictException error)
                {
                    Assert.Contains(error.Code, new[] { ErrorCodes.BillCompleted, ErrorCodes.BillEmpty, ErrorCodes.ParentsIncomplete });
                }

                return;
            }

            var results = await warehouse.SetStatusAsync(status, numbers);
            Assert.All(results, result => Assert.NotEqual(ErrorCodes.BillNotFound, result.Code));
        }

        private async Task ReadAsync()
        {
            var codes = Some([.. Codes("C", 30), .. Codes("SB", 8)]).Select(QrCode.Parse).ToArray();
            Assert.Equal(codes.Length, (await warehouse.System.Bags.FindManyAsync(codes)).Count);
            await warehouse.SearchAsync("C0", 10);
        }

        private RecordScan Scan()
        {
            var (child, parent) = (QrCode.Parse($"C{random.Next(30):000}"), QrCode.Parse($"SB{random.Next(8):00}"));
            var bill = BillNumber.Parse($"B{random.Next(4)}");
            return random.Next(8) switch
            {
                0 => RecordScan.Observe(ScanId.New(), random.Next(2) == 0 ? child : parent),
                1 or 2 => RecordScan.Unlink(ScanId.New(), child),
                3 => RecordScan.Load(ScanId.New(), parent, bill),
                4 => RecordScan.Unload(ScanId.New(), parent, random.Next(2) == 0 ? bill : null),
                _ => RecordScan.Link(ScanId.New(), child, parent),
            };
        }

        private string[] Some(string[] of) => of.OrderBy(_ => random.Next()).Take(random.Next(1, of.Length)).ToArray();
    }
}
