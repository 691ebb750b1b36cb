using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.DemoData;
using TraceTrack.Imports;

namespace TraceTrack.Testing;

/// <summary>
/// Imports the same random dirty files into a store and into the in-memory one, with random options and with scans and bills between them, and
/// compares reports, results and contents, less what each store draws for itself. Of versions it compares whether they moved.
/// </summary>
public sealed class ImportModel(Warehouse store, Warehouse model, int seed)
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<(Warehouse, string), long> _versions = [];
    private readonly Dictionary<(Warehouse, long), int> _keys = [];

    /// <summary>What the rows met that were not taken.</summary>
    public HashSet<(RowOutcome, RowReason)> Seen { get; } = [];

    public async Task RunAsync(int rows)
    {
        for (var number = 1; number <= 3; number++)
        {
            await WorkAsync(steps: number == 1 ? _random.Next(2) * 6 : 8);
            await ImportAsync(number, [.. DirtyFile.Of(_random, bags: _random.Next((rows / 2) + 1), contradictions: 1).Rows().Take(rows)]);
        }

        await Consistency.AssertHoldsAsync(store);
    }

    /// <summary>What goes on in a warehouse between imports; that it is answered alike is another test's matter.</summary>
    private async Task WorkAsync(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            var (action, child, parent, bill) = (_random.Next(12), DemoWarehouse.Child(_random.Next(14)).Value, DemoWarehouse.Parent(_random.Next(5)).Value, $"B{_random.Next(1, 4)}");
            foreach (var warehouse in new[] { model, store })
            {
                try
                {
                    await (action switch
                    {
                        0 => (Task)warehouse.CreateBillAsync(bill),
                        1 or 2 => warehouse.LoadAsync(parent, bill),
                        3 or 10 => warehouse.CompleteAsync(bill),
                        4 => warehouse.UnloadAsync(parent),
                        5 => warehouse.UnlinkAsync(child),
                        6 => warehouse.ObserveAsync(child, warehouse.Dispatcher("NORTH")),
                        _ => warehouse.LinkAsync(child, parent),
                    });
                }
                catch (TraceTrackException)
                {
                    // The bill is there already, or cannot be completed.
                }
            }
        }
    }

    private async Task ImportAsync(int number, BagRow[] rows)
    {
        var options = new ImportOptions
        {
            ImportId = Guid.NewGuid(),
            OnExisting = (OnExisting)_random.Next(3),
            OnError = (OnError)(_random.Next(4) / 3),
            DryRun = _random.Next(5) == 0,
            Connections = _random.Next(4) == 0 ? _random.Next(2, 4) : 1,
        };
        var name = $"file {number} ({options.OnExisting}, {options.OnError}, {(options.DryRun ? "dry" : "real")}, {options.Connections})";
        await AssertSameAsync(name, rows, warehouse => OutcomeAsync(warehouse, number, options, rows));
        // A dry run tells what the import then does.
        if (options.DryRun)
        {
            options = new() { OnExisting = options.OnExisting, OnError = options.OnError, Connections = options.Connections };
            await AssertSameAsync(name + " in earnest", rows, warehouse => OutcomeAsync(warehouse, number, options, rows));
        }
    }

    private async Task AssertSameAsync(string name, BagRow[] rows, Func<Warehouse, Task<string>> act)
    {
        var (expected, actual) = (await act(model), await act(store));
        Assert.True(expected == actual, string.Join(
            Environment.NewLine,
            [$"Seed {seed}, {name}", .. rows.Select((row, i) => $"{i + 1}: {row}"), "model:", expected, "store:", actual]));
    }

    private async Task<string> OutcomeAsync(Warehouse warehouse, int number, ImportOptions options, BagRow[] rows)
    {
        var report = await warehouse.System.Imports.ImportAsync(rows.ToAsyncEnumerable(), options);
        _keys[(warehouse, report.Key)] = number;
        var lines = new List<string>
        {
            $"rows {report.RowsRead} parents {report.Parents} children {report.Children} linked {report.Linked} kept {report.Kept} updated {report.Updated} "
                + $"dry {report.IsDryRun} rolled back {report.IsRolledBack} {string.Join(", ", report.Rejected.OrderBy(pair => pair.Key))}",
        };
        var results = await warehouse.ResultsAsync(report);
        Seen.UnionWith(results.Select(result => (result.Outcome, result.Reason)));
        lines.AddRange(results.Select(result => result.ToString()));
        lines.AddRange((await warehouse.AllBagsAsync()).Select(bag => Show(warehouse, bag)));
        lines.AddRange((await warehouse.AllBillsAsync()).Select(bill => Show(warehouse, bill)));
        return string.Join(Environment.NewLine, lines);
    }

    private string Show(Warehouse warehouse, Bag bag) => FormattableString.Invariant(
        $"{bag.Qr} {bag.Kind} {bag.Status} {bag.Area} {bag.WeightKg} {bag.ChildCount} {bag.ContentWeightKg} in {bag.ParentQr} ")
        + $"({bag.ParentId is not null} {bag.LinkedAt is not null}) on {bag.BillNumber} from {(bag.ImportId is { } key ? _keys[(warehouse, key)] : 0)} "
        + $"changed {bag.ChangedAt > bag.CreatedAt} {Moved(warehouse, bag.Qr.Value, bag.Version)}";

    private string Show(Warehouse warehouse, Bill bill) => FormattableString.Invariant(
        $"{bill.Number} {bill.Status} {bill.ParentCount} {bill.ActualWeightKg} {Moved(warehouse, $"bill {bill.Number}", bill.Version)}");

    private string Moved(Warehouse warehouse, string row, long version)
    {
        var last = _versions.GetValueOrDefault((warehouse, row));
        _versions[(warehouse, row)] = version;
        return version == last ? "still" : version > last ? "moved" : "went back";
    }
}
