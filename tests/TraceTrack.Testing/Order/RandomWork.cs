using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Testing.Order;

/// <summary>One client's random work on a few bags and bills that all clients of a round share.</summary>
public sealed class RandomWork(int round, int client, Random random, List<RecordScan> sent, bool deletes)
{
    private static readonly string[] Areas = ["NORTH", "SOUTH"];

    private readonly string[] _parents = [.. Enumerable.Range(0, 4).Select(i => $"SB{round}0{i}")];
    private readonly string[] _children = [.. Enumerable.Range(0, 10).Select(i => $"C{round}-{i}")];
    private readonly string[] _numbers = [.. Enumerable.Range(0, 3).Select(i => $"B{round}-{i}")];
    // What this client saw of bills, to expect it.
    private readonly Dictionary<string, SeenRow> _seen = [];

    /// <summary>Half of the clients are dispatchers of two areas, the others billers and admins; an Undo is ordered by actor, so each is its own.</summary>
    public Actor Actor { get; } = (client % 4) switch
    {
        0 or 1 => new($"dispatcher-{round}-{client}", UserRole.Dispatcher, Areas[client % 2]),
        2 => new($"biller-{round}-{client}", UserRole.Biller),
        _ => new($"admin-{round}-{client}", UserRole.Admin, client % 8 == 3 ? "NORTH" : null),
    };

    /// <summary>Every code and number of the round.</summary>
    public IReadOnlyList<string> Codes => [.. _parents, .. _children];

    public IReadOnlyList<string> Numbers => _numbers;

    /// <summary>
    /// What makes the bags, without an area, and the bills. Where bags are deleted, scans register them.
    /// </summary>
    public IEnumerable<Work> Beginning()
    {
        if (!deletes)
        {
            yield return RecordMany([.. Codes.Select(code => RecordScan.Observe(ScanId.New(), QrCode.Parse(code)))]);
            yield return RecordMany([.. _children.Take(6).Select((child, i) => RecordScan.Link(ScanId.New(), QrCode.Parse(child), QrCode.Parse(_parents[i % 3])))]);
        }

        for (var i = 0; i < _numbers.Length; i++)
            yield return Create(_numbers[i], capacity: i + 1);
    }

    public Work Next()
    {
        var kind = random.Next(24);
        // What a dispatcher may not do is asked for now and then only.
        if (kind < 5 && Actor.Role == UserRole.Dispatcher && random.Next(6) > 0)
            kind = 23;
        return kind switch
        {
            0 or 1 => Change(OneOf(_numbers), complete: true),
            2 => Change(OneOf(_numbers), complete: false),
            3 => SetStatus([.. Some(_numbers)], random.Next(2) == 0 ? BillStatus.Completed : BillStatus.Processing),
            4 when deletes => Delete([.. Some([.. Codes]).Take(5)]),
            5 => random.Next(2) == 0 ? Read(OneOf(_numbers)) : Look(OneOf(_parents)),
            6 when Repeated() is { } scan => Record(scan),
            < 13 => RecordMany([.. Enumerable.Range(0, random.Next(2, 9)).Select(_ => random.Next(12) == 0 ? Repeated() ?? Scan() : Scan())]),
            _ => Record(Scan()),
        };
    }

    public void Saw(Answer answer)
    {
        if (answer.Bill is { } bill)
            _seen[bill.Number.Value] = new(bill.Number.Value, bill.Version);
    }

    public static Work Record(RecordScan scan) => new(Words(scan), [.. NamesOf(scan)], 1, null, async (tracker, _, answer) =>
        answer.Show(await tracker.Scans.RecordAsync(scan)));

    private static Work Create(string number, int capacity) => new($"create {number} for {capacity}", [number], 1, null, async (tracker, _, answer) =>
        answer.Show("bill", await tracker.Bills.CreateAsync(new(BillNumber.Parse(number), capacity)), isChanged: true));

    private Work Change(string number, bool complete)
    {
        SeenRow? expected = random.Next(3) == 0 && _seen.TryGetValue(number, out var seen) ? seen : null;
        return new($"{(complete ? "complete" : "reopen")} {number} (version {expected?.Version})", [number], 1, expected, async (tracker, version, answer) =>
            answer.Show(
                "bill",
                complete
                    ? await tracker.Bills.CompleteAsync(BillNumber.Parse(number), version)
                    : await tracker.Bills.ReopenAsync(BillNumber.Parse(number), version),
                isChanged: true));
    }

    private static Work SetStatus(string[] numbers, BillStatus status) =>
        new($"set {string.Join(' ', numbers)} {status}", numbers, numbers.Length, null, async (tracker, _, answer) =>
        {
            foreach (var result in await tracker.Bills.SetStatusManyAsync([.. numbers.Select(BillNumber.Parse)], status))
            {
                answer.Say($"{result.Number} {result.Outcome} {result.Code} {result.Message}");
                answer.Show("bill", result.Bill, result.Outcome == BillOutcome.Changed);
            }
        });

    private static Work Delete(string[] qrs) => new($"delete {string.Join(' ', qrs)}", qrs, qrs.Length, null, async (tracker, _, answer) =>
    {
        foreach (var result in await tracker.Bags.DeleteManyAsync([.. qrs.Select(QrCode.Parse)]))
            answer.Say($"{result.Qr} {result.Outcome} {result.Rejection} '{result.Fact}'");
    });

    private static Work Read(string number) => new($"read {number}", [number], 1, null, async (tracker, _, answer) =>
        answer.Show("bill", await tracker.Bills.FindAsync(BillNumber.Parse(number))));

    /// <summary>A parent only: a child is composed of two rows, which are read one after the other.</summary>
    private static Work Look(string parent) => new($"look {parent}", [parent], 1, null, async (tracker, _, answer) =>
        answer.Show("bag", await tracker.Bags.FindAsync(QrCode.Parse(parent))));

    private static Work RecordMany(RecordScan[] scans) =>
        new($"many {string.Join(", ", scans.Select(Words))}", [.. scans.SelectMany(NamesOf)], scans.Length, null, async (tracker, _, answer) =>
        {
            foreach (var result in await tracker.Scans.RecordManyAsync(scans))
                answer.Show(result);
        });

    private static string Words(RecordScan scan) => $"{scan.Action} {scan.Qr} {scan.ParentQr}{scan.BillNumber}";

    private static IEnumerable<string> NamesOf(RecordScan scan) =>
        new[] { scan.Qr?.Value, scan.ParentQr?.Value, scan.BillNumber?.Value }.OfType<string>();

    private RecordScan Scan()
    {
        // Mostly sensible, so that parents fill and bills move; now and then of the wrong kind.
        var child = QrCode.Parse(random.Next(20) == 0 ? OneOf(_parents) : OneOf(_children));
        var parent = QrCode.Parse(random.Next(20) == 0 ? OneOf(_children) : OneOf(_parents));
        var number = BillNumber.Parse(random.Next(20) == 0 ? $"B{round}-9" : OneOf(_numbers));
        var scan = random.Next(16) switch
        {
            0 or 1 => RecordScan.Observe(ScanId.New(), random.Next(2) == 0 ? child : parent),
            2 or 3 => RecordScan.Unlink(ScanId.New(), child, random.Next(3) == 0 ? parent : null),
            4 or 5 => RecordScan.Load(ScanId.New(), parent, number),
            6 => RecordScan.Unload(ScanId.New(), parent, random.Next(3) == 0 ? number : null),
            7 or 8 => RecordScan.Relink(ScanId.New(), child, parent),
            9 or 10 => RecordScan.Undo(ScanId.New()),
            _ => RecordScan.Link(ScanId.New(), child, parent),
        };
        lock (sent)
            sent.Add(scan);
        return scan;
    }

    /// <summary>What any client sent, perhaps this moment: a repeat of the own ones, and another's id used again.</summary>
    private RecordScan? Repeated()
    {
        lock (sent)
            return sent.Count == 0 ? null : sent[Math.Max(0, sent.Count - 1 - random.Next(100))];
    }

    private IEnumerable<string> Some(string[] of) => of.OrderBy(_ => random.Next()).Take(random.Next(1, of.Length + 1));

    private T OneOf<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
