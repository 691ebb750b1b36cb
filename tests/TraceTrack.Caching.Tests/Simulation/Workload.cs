using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Imports;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Caching.Simulation;

/// <summary>One client of one node: reads and writes by chance, through the door, on keys that all clients share.</summary>
internal sealed class Workload(ITraceTrack door, SharedStore store, Tokens tokens, Random chance)
{
    private readonly Actor[] _scanners =
        [Actor.System, .. SharedStore.Areas.Select(area => new Actor($"scanner-{area}", UserRole.Dispatcher, area))];

    private (Actor By, RecordScan Scan)? _failed;

    private ITracker System => door.As(Actor.System);

    /// <summary>Does something. What a rule refuses is nothing to speak of.</summary>
    /// <exception cref="StoreFault">The store has failed.</exception>
    public async Task ActAsync()
    {
        try
        {
            await (_failed is { } failed && chance.Next(3) > 0 ? RepeatAsync(failed) : chance.Next(100) < 62 ? ReadAsync() : WriteAsync());
        }
        catch (TraceTrackException)
        {
            // The rules of the warehouse.
        }
    }

    private async Task ReadAsync()
    {
        switch (chance.Next(12))
        {
            case 10:
                await System.Bags.ChildrenOfAsync([Of(SharedStore.Parents)]);
                break;
            case 11:
                await System.Bags.ChildrenOfAsync(SharedStore.Parents);
                break;
            case < 4:
                await System.Bags.FindAsync(Of(SharedStore.Bags));
                break;
            case < 5:
                await System.Bags.FindManyAsync([.. Enumerable.Range(0, chance.Next(2, 7)).Select(_ => Of(SharedStore.Bags))]);
                break;
            case < 6:
                await System.Bills.FindAsync(Of(SharedStore.Bills));
                break;
            case < 8:
                await door.As(Of(_scanners)).Bags.SearchAsync(Of(SharedStore.Texts), SharedStore.SearchLimit);
                break;
            default:
                if (tokens.Any(chance) is { } token)
                    await System.Users.FindSessionAsync(token);
                break;
        }
    }

    private Task WriteAsync() => chance.Next(40) switch
    {
        < 20 => ScanAsync(),
        < 23 => System.Bags.DeleteManyAsync([Of(SharedStore.Bags), Of(SharedStore.Bags)]).AsTask(),
        < 30 => ChangeBillAsync(Of(SharedStore.Bills)),
        < 33 => System.Imports.ImportAsync(Rows().ToAsyncEnumerable(), new() { ImportId = NewId(), OnExisting = OnExisting.Update }).AsTask(),
        < 36 => LogInAsync(),
        < 38 => tokens.Any(chance) is { } token ? System.Users.EndSessionAsync(token).AsTask() : Task.CompletedTask,
        < 39 => System.Users.EndSessionsAsync(Of(store.Users)).AsTask(),
        _ => System.Users.ChangeAsync(Of(store.Users), new() { Role = chance.Next(2) == 0 ? UserRole.Biller : UserRole.Dispatcher }).AsTask(),
    };

    private async Task LogInAsync() => tokens.Add((await System.Users.StartSessionAsync(Of(store.Users))).Token);

    private Task<Bill> ChangeBillAsync(BillNumber bill) => chance.Next(6) switch
    {
        0 => System.Bills.CreateAsync(new(bill, 2)).AsTask(),
        1 => System.Bills.CompleteAsync(bill).AsTask(),
        2 => System.Bills.ReopenAsync(bill).AsTask(),
        3 => System.Bills.DeleteAsync(bill).AsTask(),
        _ => System.Bills.ResizeAsync(bill, chance.Next(2, 9)).AsTask(),
    };

    private Task ScanAsync()
    {
        var (id, parent, child, bill) = (new ScanId(NewId()), Parent(), Child(), Of(SharedStore.Bills));
        return RecordAsync(Of(_scanners), chance.Next(12) switch
        {
            < 2 => RecordScan.Observe(id, Of(SharedStore.Bags)),
            < 5 => RecordScan.Link(id, child, parent),
            < 7 => RecordScan.Unlink(id, child),
            < 8 => RecordScan.Relink(id, child, parent),
            < 9 => RecordScan.Load(id, parent, bill),
            < 10 => RecordScan.Unload(id, parent),
            _ => RecordScan.Undo(id),
        });
    }

    private async Task RecordAsync(Actor by, RecordScan scan)
    {
        _failed = (by, scan);
        await door.As(by).Scans.RecordAsync(scan);
        _failed = null;
    }

    /// <summary>What a device does that was not answered: it sends the same again.</summary>
    private Task RepeatAsync((Actor By, RecordScan Scan) failed)
    {
        _failed = null;
        return RecordAsync(failed.By, failed.Scan);
    }

    private BagRow[] Rows() =>
        [.. Enumerable.Range(0, 3).Select(_ => new BagRow(Of(SharedStore.Bags).Value, Area: Of(SharedStore.Areas), WeightKg: chance.Next(1, 9)))];

    private QrCode Parent() => Of(SharedStore.Parents);

    private QrCode Child() => SharedStore.Bags[chance.Next(SharedStore.Parents.Length, SharedStore.Bags.Length)];

    private Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        chance.NextBytes(bytes);
        return new(bytes);
    }

    private T Of<T>(IReadOnlyList<T> some) => some[chance.Next(some.Count)];
}

/// <summary>Tokens of sessions, as clients of all nodes have them.</summary>
internal sealed class Tokens
{
    private readonly Lock _gate = new();
    private readonly List<string> _tokens = [];

    public void Add(string token)
    {
        lock (_gate)
            _tokens.Add(token);
    }

    /// <summary>Mostly one of the latest.</summary>
    public string? Any(Random chance)
    {
        lock (_gate)
            return _tokens.Count == 0 ? null : _tokens[Math.Max(0, _tokens.Count - 1 - chance.Next(4))];
    }
}
