using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Imports;
using TraceTrack.Paging;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Testing;

/// <summary>
/// Does the same random work to two stores and compares every answer, less what each store draws for itself: keys, versions and times.
/// Of those it compares whether they moved.
/// </summary>
public sealed class ModelComparison(Warehouse store, Warehouse model, int seed)
{
    private static readonly string[] Parents = ["SB1", "SB2", "SB3", "SB4"];
    private static readonly string[] Children = ["C01", "C02", "C03", "C04", "C05", "C06", "C07", "C08", "C09", "C10", "C11", "C12"];
    private static readonly string[] Numbers = ["B1", "B2", "B3"];

    private static readonly Actor[] Actors =
    [
        Actor.System, new("admin", UserRole.Admin, "EAST"), new("biller", UserRole.Biller), new("north", UserRole.Dispatcher, "NORTH"),
        new("south", UserRole.Dispatcher, "SOUTH"), new("nowhere", UserRole.Dispatcher),
    ];

    private readonly Random _random = new(seed);
    private readonly List<(RecordScan Scan, Actor Actor)> _sent = [];
    private readonly Dictionary<(Warehouse, string), long> _versions = [];

    public async Task RunAsync(int steps)
    {
        await ImportAsync();
        for (var step = 0; step < steps; step++)
        {
            var (name, act) = Next();
            var expected = await AnswerAsync(model, act);
            var actual = await AnswerAsync(store, act);
            Assert.True(expected == actual, $"Seed {seed}, step {step}, {name}{Environment.NewLine}model: {expected}{Environment.NewLine}store: {actual}");
        }

        Assert.Equal(await WholeAsync(model), await WholeAsync(store));
    }

    private async Task ImportAsync()
    {
        BagRow[] rows =
        [
            .. Enumerable.Range(0, 8).Select(_ => new BagRow(
                OneOf([.. Parents, .. Children, "x!"]), _random.Next(2) == 0 ? OneOf([.. Parents[..2], "C01"]) : null, OneOf("NORTH", "SOUTH", null), OneOf<decimal?>(null, 0.5m, 2.25m))),
        ];
        var importId = Guid.NewGuid();
        var expected = await model.ImportAsAsync(importId, rows);
        var actual = await store.ImportAsAsync(importId, rows);
        Assert.Equal(
            (expected.RowsRead, expected.Parents, expected.Children, expected.Linked),
            (actual.RowsRead, actual.Parents, actual.Children, actual.Linked));
        Assert.Equal(expected.Rejected.OrderBy(pair => pair.Key), actual.Rejected.OrderBy(pair => pair.Key));
        Assert.Equal(await model.ResultsAsync(expected), await store.ResultsAsync(actual));
    }

    private (string Name, Func<Warehouse, Task<string>> Act) Next()
    {
        var actor = OneOf(Actors);
        switch (_random.Next(27))
        {
            case 0:
                {
                    var (number, capacity) = (OneOf(Numbers), _random.Next(0, 4));
                    return ($"create {number} for {capacity} by {actor.Id}", async warehouse =>
                        Show(warehouse, await warehouse.CreateBillAsync(number, capacity, warehouse.Door.As(actor))));
                }

            case 1:
                {
                    var (number, stale) = (OneOf(Numbers), _random.Next(3) == 0);
                    return ($"complete {number} (stale: {stale}) by {actor.Id}", async warehouse =>
                        Show(warehouse, await warehouse.CompleteAsync(number, stale ? 0 : null, warehouse.Door.As(actor))));
                }

            case 2:
                {
                    var filter = RandomFilter();
                    var (size, backward) = (_random.Next(1, 6), _random.Next(2) == 0);
                    return ($"list {filter} by {actor.Id}", warehouse => PagesAsync(warehouse, actor, filter, size, backward));
                }

            case 3:
                {
                    var (text, limit) = (OneOf("S", "SB", "C", "C0", "C01", "SB3", "1", "C1"), _random.Next(1, 6));
                    return ($"search {text} by {actor.Id}", async warehouse =>
                        string.Join(' ', await warehouse.SearchAsync(text, limit, warehouse.Door.As(actor))));
                }

            case 6:
                {
                    QrCode[] qrs = [.. Enumerable.Range(0, _random.Next(1, 5)).Select(_ => QrCode.Parse(OneOf([.. Parents, .. Children, "NONE"])))];
                    return ($"delete {string.Join(' ', qrs)} by {actor.Id}", async warehouse =>
                        string.Join(", ", await warehouse.Door.As(actor).Bags.DeleteManyAsync(qrs)));
                }

            case 7:
                {
                    BillNumber[] numbers = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => BillNumber.Parse(OneOf([.. Numbers, "B9"])))];
                    var status = OneOf(Enum.GetValues<BillStatus>());
                    return ($"set {string.Join(' ', numbers)} {status} by {actor.Id}", async warehouse => string.Join(
                        ", ", (await warehouse.Door.As(actor).Bills.SetStatusManyAsync(numbers, status)).Select(result =>
                            $"{result.Number} {result.Outcome} {result.Code} {Show(warehouse, result.Bill)}")));
                }

            case 8:
                {
                    var scans = Enumerable.Range(0, _random.Next(2, 6)).Select(_ => RandomScan(actor)).ToArray();
                    return ($"many {string.Join(", ", scans.Select(scan => $"{scan.Action} {scan.Qr}"))} by {actor.Id}", async warehouse =>
                        string.Join("; ", (await warehouse.Door.As(actor).Scans.RecordManyAsync(scans)).Select(result => Show(warehouse, result))));
                }

            case 9:
                {
                    var (number, capacity, stale) = (OneOf([.. Numbers, "B9"]), _random.Next(0, 5), _random.Next(4) == 0);
                    return ($"resize {number} to {capacity} (stale: {stale}) by {actor.Id}", async warehouse =>
                        Show(warehouse, await warehouse.ResizeAsync(number, capacity, stale ? 0 : null, warehouse.Door.As(actor))));
                }

            case 10:
                {
                    var (number, stale) = (OneOf([.. Numbers, "B9"]), _random.Next(4) == 0);
                    return ($"delete bill {number} (stale: {stale}) by {actor.Id}", async warehouse =>
                        Show(warehouse, await warehouse.DeleteBillAsync(number, stale ? 0 : null, warehouse.Door.As(actor))));
                }

            case 11:
                {
                    var number = OneOf([.. Numbers, "B9"]);
                    return ($"recalculate {number} by {actor.Id}", async warehouse =>
                    {
                        var answer = await warehouse.RecalculateAsync(number, warehouse.Door.As(actor));
                        return $"{answer.IsExact} {Show(warehouse, answer.Bill)}";
                    }
                    );
                }

            case 4 when _sent.Count > 0:
                {
                    var (scan, sender) = OneOf([.. _sent]);
                    var by = _random.Next(4) == 0 ? actor : sender;
                    return ($"repeat {scan.Action} {scan.Qr} by {by.Id}", async warehouse =>
                        Show(warehouse, await warehouse.RecordAsync(scan, warehouse.Door.As(by))));
                }

            case 5:
                {
                    var scans = Enumerable.Range(0, _random.Next(2, 6)).Select(_ => RandomScan(actor)).ToList();
                    if (_random.Next(2) == 0)
                        scans.Add(OneOf([.. scans]));
                    return ($"batch {string.Join(", ", scans.Select(scan => $"{scan.Action} {scan.Qr}"))} by {actor.Id}", async warehouse =>
                        Show(warehouse, await warehouse.RecordBatchAsync(actor, [.. scans])));
                }

            default:
                {
                    var scan = RandomScan(actor);
                    return ($"{scan.Action} {scan.Qr} {scan.ParentQr}{scan.BillNumber} by {actor.Id}", async warehouse =>
                        Show(warehouse, await warehouse.RecordAsync(scan, warehouse.Door.As(actor))));
                }
        }
    }

    private RecordScan RandomScan(Actor actor)
    {
        // Mostly sensible, so that parents fill and bills move; now and then of the wrong kind.
        var child = QrCode.Parse(_random.Next(12) == 0 ? OneOf(Parents) : OneOf(Children));
        var parent = QrCode.Parse(_random.Next(12) == 0 ? OneOf(Children) : OneOf(Parents));
        var bill = BillNumber.Parse(_random.Next(12) == 0 ? "B9" : OneOf(Numbers));
        var scan = _random.Next(14) switch
        {
            0 => RecordScan.Observe(ScanId.New(), _random.Next(2) == 0 ? child : parent),
            1 => RecordScan.Unlink(ScanId.New(), child, _random.Next(3) == 0 ? parent : null),
            2 => RecordScan.Load(ScanId.New(), parent, bill),
            4 or 5 => RecordScan.Relink(ScanId.New(), child, parent),
            6 or 7 => RecordScan.Undo(ScanId.New()),
            3 => RecordScan.Unload(ScanId.New(), parent, _random.Next(3) == 0 ? bill : null),
            _ => RecordScan.Link(ScanId.New(), child, parent),
        };
        _sent.Add((scan, actor));
        return scan;
    }

    private BagFilter RandomFilter() => new()
    {
        Kind = OneOf<BagKind?>(null, null, BagKind.Parent, BagKind.Child),
        Status = _random.Next(2) == 0 ? null : OneOf(Enum.GetValues<BagStatus>()),
        Area = OneOf(null, null, "NORTH", "SOUTH"),
        Parent = _random.Next(3) == 0 ? QrCode.Parse(OneOf(Parents)) : null,
    };

    private static async Task<string> AnswerAsync(Warehouse warehouse, Func<Warehouse, Task<string>> act)
    {
        try
        {
            return await act(warehouse);
        }
        catch (TraceTrackException error)
        {
            return error.Code;
        }
    }

    private async Task<string> PagesAsync(Warehouse warehouse, Actor actor, BagFilter filter, int size, bool backward)
    {
        var text = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = await warehouse.Door.As(actor).Bags.ListAsync(
                filter, backward ? PageRequest.Last(size, cursor) : PageRequest.First(size, cursor));
            text.Add($"[{string.Join(", ", page.Items.Select(bag => Show(warehouse, bag)))} {page.HasPrevious} {page.HasNext}]");
            if (!(backward ? page.HasPrevious : page.HasNext))
                return string.Join(' ', text);
            cursor = Warehouse.MovedOn(cursor, backward ? page.StartCursor : page.EndCursor);
        }
    }

    private async Task<string> WholeAsync(Warehouse warehouse)
    {
        var bags = (await warehouse.AllBagsAsync()).Select(bag => Show(warehouse, bag));
        var bills = (await warehouse.AllBillsAsync()).Select(bill => Show(warehouse, bill));
        return string.Join(Environment.NewLine, [.. bags, .. bills, $"{await warehouse.TotalsAsync()}"]);
    }

    private string Show(Warehouse warehouse, ScanResult result) =>
        $"{result.Outcome} {result.IsReplay} {Show(result.Scan)} bag: {Show(warehouse, result.Bag)} "
        + $"parent: {Show(warehouse, result.Parent)} from: {Show(warehouse, result.FromParent)} bill: {Show(warehouse, result.Bill)}";

    private string Show(Warehouse warehouse, ScanCommit commit)
    {
        var decisions = commit.Changes.Decisions.Select((decision, i) =>
            $"{Show(decision.Scan)} {decision.IsReplay} {commit.EventIds.ToList().IndexOf(commit.EventIds[i])}");
        var bags = commit.Bags.OrderBy(bag => bag.Qr).Select(bag => Show(warehouse, bag));
        var bills = commit.Bills.OrderBy(bill => bill.Number).Select(bill => Show(warehouse, bill));
        return string.Join("; ", [.. decisions, .. bags, .. bills]);
    }

    private static string Show(Scan scan) =>
        $"{scan.Action} {scan.Qr} {scan.ParentQr} from {scan.FromParentQr} {scan.BillNumber} {scan.Outcome} {scan.Rejection} '{scan.Fact}' "
        + $"{scan.ActorId} {scan.Area} undoes {scan.Undoes}";

    private string Show(Warehouse warehouse, Bag? bag) => bag is null
        ? "none"
        : FormattableString.Invariant($"{bag.Qr} {bag.Kind} {bag.Status} {bag.Area} {bag.WeightKg} {bag.ChildCount} {bag.ContentWeightKg} ")
            + $"in {bag.ParentQr} ({bag.ParentId is not null} {bag.LinkedAt is not null}) on {bag.BillNumber} ({bag.BillId is not null}) "
            + $"imported {bag.ImportId is not null} changed {bag.ChangedAt > bag.CreatedAt} {Moved(warehouse, bag.Qr.Value, bag.Version)}";

    private string Show(Warehouse warehouse, Bill? bill) => bill is null
        ? "none"
        : FormattableString.Invariant($"{bill.Number} {bill.Status} {bill.ParentCount}/{bill.Capacity} {bill.ActualWeightKg} {bill.ExpectedWeightKg} ")
            + $"{bill.CreatedBy} changed {bill.ChangedAt > bill.CreatedAt} {bill.CompletedAt is not null} {Moved(warehouse, $"bill {bill.Number}", bill.Version)}";

    private string Moved(Warehouse warehouse, string row, long version)
    {
        var last = _versions.GetValueOrDefault((warehouse, row));
        _versions[(warehouse, row)] = version;
        return version == last ? "still" : version > last ? "moved" : "went back";
    }

    private T OneOf<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}
