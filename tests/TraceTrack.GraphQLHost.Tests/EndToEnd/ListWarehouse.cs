using Npgsql;
using TraceTrack;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Imports;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace GraphQLHost.EndToEnd;

/// <summary>
/// A warehouse in which every list can have two rows, or two hundred: by a page's size, or as there are parents of so many children, bills of so many
/// parents, and days of so many billers.
/// </summary>
public sealed class ListWarehouse : IAsyncLifetime
{
    public const int Few = 2;
    public const int Many = 200;

    /// <summary>A parent that was filled, loaded, unloaded and emptied again and again.</summary>
    public const string Mover = "SB3";

    private readonly PostgresServer _server = new();
    private string? _connectionString;
    private UncachedHost? _host;
    private Task<UncachedHost>? _opening;

    /// <summary>A dry run in which a bag of each row was known.</summary>
    internal Guid KnownBags { get; } = Guid.NewGuid();

    /// <summary>Dry runs with rows rejected for two reasons, and for five.</summary>
    internal Dictionary<int, Guid> Rejections { get; } = new() { [2] = Guid.NewGuid(), [5] = Guid.NewGuid() };

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        await _server.DisposeAsync();
    }

    /// <summary>Holds one child, and is on a bill of its own.</summary>
    internal static string Parent(int i) => Text($"SB1{i:0000}");

    internal static string Child(int i) => Text($"CB1{i:0000}");

    internal static string Bill(int i) => Text($"B-{i:0000}");

    /// <summary>Holds this many children.</summary>
    internal static string ParentOf(int children) => Text($"SB2{children:0000}");

    /// <summary>Has this many parents on it.</summary>
    internal static string BillOf(int parents) => Text($"B2-{parents:0000}");

    /// <summary>Filled by the first test that asks, and once however that ends; shown as skipped by each where there is no PostgreSQL.</summary>
    internal Task<UncachedHost> OpenAsync() => _opening ??= FillNewAsync();

    internal async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_connectionString!);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<UncachedHost> FillNewAsync()
    {
        _connectionString = await _server.NewDatabaseAsync();
        _host = await UncachedHost.StartAsync(_connectionString);
        await FillAsync(_host);
        return _host;
    }

    private async Task FillAsync(UncachedHost host)
    {
        var users = new List<User>();
        var system = host.As(Actor.System);
        for (var i = 0; i < Many; i++)
            users.Add(await system.Users.CreateAsync(new($"user {i}", UserRole.Admin, null, "hash")));
        var tracker = host.As(users[0].ToActor());
        var rows = Range(Many).SelectMany(i => Pair(Parent(i), Child(i))).Concat(Range(Many).SelectMany(i => Pair(Loaded(Many, i), "C" + Loaded(Many, i))))
            .Concat(Range(Few).SelectMany(i => Pair(Loaded(Few, i), "C" + Loaded(Few, i)))).ToList();
        foreach (var size in new[] { Few, Many })
            rows.AddRange([new(ParentOf(size)), .. Range(size).Select(i => new BagRow($"C{ParentOf(size)}-{i}", ParentOf(size)))]);
        Assert.Equal(0, (await tracker.Imports.ImportAsync(rows.ToAsyncEnumerable(), new())).RejectedRows);
        await tracker.Imports.ImportAsync(Range(Many).Select(i => new BagRow(Child(i), Parent(i))).ToAsyncEnumerable(), new() { ImportId = KnownBags, DryRun = true });
        BagRow[] dirt = [new("x!"), new("CB9", WeightKg: -1), new("CB8", Area: "!"), new("CB7", "SB9999"), new(Child(0)), new(Child(0))];
        foreach (var (reasons, import) in Rejections)
            await tracker.Imports.ImportAsync(dirt.Take(reasons < 5 ? reasons : dirt.Length).ToAsyncEnumerable(), new() { ImportId = import, DryRun = true });
        foreach (var i in Range(Many))
            await host.As(users[i].ToActor()).Bills.CreateAsync(new(BillNumber.Parse(Bill(i)), 1));
        await RecordAsync(tracker, Range(Many).Select(i => Load(Parent(i), Bill(i))));
        foreach (var size in new[] { Few, Many })
        {
            await tracker.Bills.CreateAsync(new(BillNumber.Parse(BillOf(size)), size));
            await RecordAsync(tracker, Range(size).Select(i => Load(Loaded(size, i), BillOf(size))));
        }

        await tracker.Bills.CreateAsync(new(BillNumber.Parse("B3"), 1));
        await RecordAsync(tracker, Range(Many / 2).SelectMany(_ => new[]
        {
            Link("CB3", Mover), Load(Mover, "B3"), RecordScan.Unload(ScanId.New(), QrCode.Parse(Mover)), RecordScan.Unlink(ScanId.New(), QrCode.Parse("CB3")),
        }));
        // The newest scans: each two of them name whatever a scan can name.
        foreach (var i in Range(Many / 2))
            await tracker.Bills.CreateAsync(new(BillNumber.Parse($"B4-{i}"), 1));
        await RecordAsync(tracker, Range(Many / 2).SelectMany(i => new[] { Link(Text($"CB4{i:0000}"), Text($"SB4{i:0000}")), Load(Text($"SB4{i:0000}"), $"B4-{i}") }));
        await ExecuteAsync($"""
            UPDATE tracetrack.bill SET created_at = '2026-01-02T12:00Z' WHERE number LIKE 'B-%';
            UPDATE tracetrack.bill SET created_at = '2026-01-01T12:00Z' WHERE number IN ('{Bill(0)}', '{Bill(1)}');
            INSERT INTO tracetrack.import (import_key, kind, finished_at, report, began_at)
            SELECT gen_random_uuid(), 0, finished_at, report, began_at FROM tracetrack.import, generate_series(1, {Many}) LIMIT {Many};
            ANALYZE
            """);
    }

    private static BagRow[] Pair(string parent, string child) => [new(parent), new(child, parent)];

    private static string Loaded(int size, int i) => Text($"SB5{size:000}{i:0000}");

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static RecordScan Link(string child, string parent) => RecordScan.Link(ScanId.New(), QrCode.Parse(child), QrCode.Parse(parent));

    private static RecordScan Load(string parent, string bill) => RecordScan.Load(ScanId.New(), QrCode.Parse(parent), BillNumber.Parse(bill));

    private static async Task RecordAsync(ITracker tracker, IEnumerable<RecordScan> scans)
    {
        foreach (var answer in await tracker.Scans.RecordManyAsync([.. scans]))
            Assert.True(answer.Outcome == ScanOutcome.Recorded, $"{answer.Scan.Action} {answer.Scan.Qr}: {answer.Rejection} {answer.Fact}");
    }

    private static IEnumerable<int> Range(int count) => Enumerable.Range(0, count);
}
