using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Imports;
using TraceTrack.Paging;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Testing;

/// <summary>
/// After random work the past is rebuilt from the scan log, what imports left on their bags (linked_at, import_id) and the bags deleted, and nothing
/// else, and compared with what the store tells.
/// </summary>
public abstract class HistoryModelContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    private const int Steps = 250;
    private const int Moments = 40;

    private static readonly QrCode[] Parents = [.. Enumerable.Range(1, 5).Select(i => QrCode.Parse($"SB{i}"))];
    private static readonly QrCode[] Children = [.. Enumerable.Range(1, 14).Select(i => QrCode.Parse($"C{i:00}"))];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_past_is_what_the_log_and_the_import_say(int seed)
    {
        var warehouse = await OpenSmallAsync(options => options.AllowIncompleteParents = true);
        var random = new Random(seed);
        var told = new Told();
        BagRow[] rows = [.. Parents[..3].Select(parent => new BagRow(parent.Value)), .. Children[..9].Select(child =>
            new BagRow(child.Value, random.Next(4) == 0 ? null : Parents[random.Next(3)].Value))];
        await ImportAsync(warehouse, told, rows);
        await WorkAsync(warehouse, random, told);
        Assert.True(told.Moved > 0, "No import moved a bag.");
        Assert.NotEmpty(told.Deleted);
        var log = await LogAsync(warehouse);
        var beginnings = told.Entered.Select(bag => bag.LinkedAt!.Value).Concat(log.Select(scan => scan.RecordedAt)).ToArray();
        for (var i = 0; i < Moments; i++)
        {
            // At a change, just before it, or anywhere; and now and then before or after everything.
            var change = beginnings[random.Next(beginnings.Length)];
            var at = (i % 4) switch
            {
                0 => change,
                1 => change - TimeSpan.FromMicroseconds(1),
                2 => beginnings.Min() + ((beginnings.Max() - beginnings.Min()) * random.NextDouble()),
                _ => change + TimeSpan.FromDays(random.Next(-1, 2)),
            };
            await CompareAsync(warehouse, Rebuild(told, log, at), at, $"Seed {seed}, at {at:O}");
        }
    }

    /// <summary>Imports, and keeps the bags that the import put into their parents, as it left them.</summary>
    private static async Task ImportAsync(Warehouse warehouse, Told told, BagRow[] rows)
    {
        var before = (await warehouse.AllBagsAsync()).ToDictionary(bag => bag.Qr, bag => bag.ParentQr);
        var report = await warehouse.ImportWithAsync(OnExisting.Update, rows);
        var entered = (await warehouse.AllBagsAsync()).Where(bag => bag.ImportId == report.Key && bag.ParentQr is not null).ToArray();
        told.Entered.AddRange(entered);
        told.Moved += entered.Count(bag => before.GetValueOrDefault(bag.Qr) is { } parent && parent != bag.ParentQr);
    }

    private static BagRow Row(Random random)
    {
        var child = Children[random.Next(Children.Length)];
        return new(child.Value, random.Next(5) == 0 ? null : Parents[random.Next(Parents.Length)].Value);
    }

    /// <summary>Deletes what may go, and keeps up to when it was there: nobody tells when a bag was deleted.</summary>
    private static async Task DeleteAsync(Warehouse warehouse, Random random, Told told)
    {
        QrCode[] some = [.. Parents.Concat(Children).OrderBy(_ => random.Next()).Take(4)];
        var deleted = (await warehouse.System.Bags.DeleteManyAsync(some)).Where(result => result.Outcome == DeleteOutcome.Deleted);
        var marker = (await warehouse.ObserveAsync("MARKER")).Scan.RecordedAt;
        told.Deleted.AddRange(deleted.Select(result => (result.Qr, marker)));
    }

    private static async Task WorkAsync(Warehouse warehouse, Random random, Told told)
    {
        for (var i = 1; i <= 3; i++)
            await warehouse.CreateBillAsync($"B{i}", 3);
        for (var step = 0; step < Steps; step++)
        {
            if (random.Next(25) == 0)
                await ImportAsync(warehouse, told, [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => Row(random))]);
            else if (random.Next(15) == 0)
                await DeleteAsync(warehouse, random, told);
            else if (random.Next(8) == 0)
                await warehouse.RecordBatchAsync(Actor.System, [.. Enumerable.Range(0, random.Next(2, 7)).Select(_ => Scan(random))]);
            else if (random.Next(60) == 0)
                await TryCompleteAsync(warehouse, $"B{random.Next(1, 4)}");
            else
                await warehouse.RecordAsync(Scan(random));
        }
    }

    private static RecordScan Scan(Random random)
    {
        var (child, parent) = (Children[random.Next(Children.Length)], Parents[random.Next(Parents.Length)]);
        return random.Next(24) switch
        {
            < 9 => RecordScan.Link(ScanId.New(), child, parent),
            20 or 21 => RecordScan.Relink(ScanId.New(), child, parent),
            22 or 23 => RecordScan.Undo(ScanId.New()),
            < 16 => RecordScan.Unlink(ScanId.New(), child, random.Next(3) == 0 ? parent : null),
            16 => RecordScan.Load(ScanId.New(), parent, BillNumber.Parse($"B{random.Next(1, 4)}")),
            < 19 => RecordScan.Unload(ScanId.New(), parent),
            _ => RecordScan.Observe(ScanId.New(), child),
        };
    }

    private static async Task TryCompleteAsync(Warehouse warehouse, string number)
    {
        try
        {
            await warehouse.CompleteAsync(number);
        }
        catch (ConflictException)
        {
            // Empty or completed already.
        }
    }

    private static async Task<Scan[]> LogAsync(Warehouse warehouse)
    {
        var log = new List<Scan>();
        for (string? cursor = null; ;)
        {
            var page = await warehouse.System.Scans.ListAsync(ScanFilter.All, PageRequest.First(PageRequest.MaxSize, cursor));
            log.AddRange(page.Items);
            if (!page.HasNext)
                break;
            cursor = Warehouse.MovedOn(cursor, page.EndCursor);
        }

        log.Reverse();
        return [.. log.Where(scan => scan.Outcome == ScanOutcome.Recorded)];
    }

    private static Dictionary<QrCode, Placed> Rebuild(Told told, Scan[] log, DateTimeOffset at)
    {
        var placed = new Dictionary<QrCode, Placed>();
        var imported = new Queue<Bag>(told.Entered.Where(bag => bag.LinkedAt <= at).OrderBy(bag => bag.LinkedAt));
        var actions = log.ToDictionary(scan => scan.ScanId, scan => scan.Action);
        foreach (var scan in log.TakeWhile(scan => scan.RecordedAt <= at))
        {
            Import(scan.RecordedAt);
            var (left, entered) = scan.Action == ScanAction.Undo
                ? Moves(actions[scan.Undoes!.Value], scan) is var (from, to) ? (to, from) : default
                : Moves(scan.Action, scan);
            if (left is { } parent)
                Assert.True(placed.Remove(scan.Qr!.Value, out var stay) && stay.Parent == parent);
            if (entered is { } target)
                placed[scan.Qr!.Value] = new(target, scan.RecordedAt, null, scan.ScanId);
        }

        Import(DateTimeOffset.MaxValue);
        // A deleted bag takes its stays along, and those in it.
        return placed.Where(pair => !told.Deleted.Exists(gone => (gone.Qr == pair.Key || gone.Qr == pair.Value.Parent) && pair.Value.Since < gone.Until))
            .ToDictionary();

        void Import(DateTimeOffset until)
        {
            while (imported.TryPeek(out var bag) && bag.LinkedAt < until)
                placed[bag.Qr] = new(bag.ParentQr!.Value, imported.Dequeue().LinkedAt!.Value, bag.ImportId, null);
        }

        static (QrCode? Left, QrCode? Entered) Moves(ScanAction action, Scan scan) => action switch
        {
            ScanAction.Link => (null, scan.ParentQr),
            ScanAction.Unlink => (scan.ParentQr, null),
            ScanAction.Relink => (scan.FromParentQr, scan.ParentQr),
            _ => (null, null),
        };
    }

    private static async Task CompareAsync(Warehouse warehouse, Dictionary<QrCode, Placed> placed, DateTimeOffset at, string where)
    {
        foreach (var parent in Parents)
        {
            var expected = placed.Where(pair => pair.Value.Parent == parent).OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value));
            var told = await warehouse.System.History.ContentsAtAsync(parent, at);
            Assert.True(expected.SequenceEqual(told.Select(stay => (stay.Child, Placed.Of(stay)))), $"{where}: contents of {parent}");
            Assert.All(told, stay => Assert.True(stay.Until is null || stay.Until > at));
        }

        foreach (var child in Children)
        {
            var told = await warehouse.System.History.ParentAtAsync(child, at);
            Assert.True((placed.TryGetValue(child, out var there) ? there : null) == (told is null ? null : Placed.Of(told)), $"{where}: parent of {child}");
        }
    }

    /// <summary>What the log does not tell.</summary>
    private sealed class Told
    {
        public List<Bag> Entered { get; } = [];

        public List<(QrCode Qr, DateTimeOffset Until)> Deleted { get; } = [];

        public int Moved { get; set; }
    }

    private sealed record Placed(QrCode Parent, DateTimeOffset Since, long? ImportId, ScanId? ScanId)
    {
        public static Placed Of(History.Stay stay) => new(stay.Parent, stay.Since, stay.ImportId, stay.ScanId);
    }
}
