using static GraphQLHost.EndToEnd.ListWarehouse;

namespace GraphQLHost.EndToEnd;

/// <summary>How a list of the schema is asked for so that it has so many rows, and how many statements that takes.</summary>
/// <param name="Field">The list field.</param>
/// <param name="Path">Where its rows are in the answer.</param>
/// <param name="Ask">The query for so many rows; * stands for all that a row leads to.</param>
/// <param name="Most">Statements: one for each level and kind of what is looked up, and the list's own. An engine takes fewer when levels happen to share one.</param>
internal sealed record ListCase(string Field, string Path, int Most, Func<ListWarehouse, int, string> Ask)
{
    /// <summary>Levels of objects below a row; an edge has one more, since its node is the row.</summary>
    public int Levels { get; init; } = 2;

    public int Many { get; init; } = ListWarehouse.Many;

    /// <summary>Done before each time it is asked.</summary>
    public Func<ListWarehouse, int, Task>? Prepare { get; init; }
}

internal static class ListCases
{
    /// <summary>Lists of what the host itself knows: no row of theirs is stored.</summary>
    public static readonly string[] OfNoStore = ["HostHealth.cache"];

    public static readonly ListCase[] All =
    [
        .. Connection("BagConnection", "bags(first: #, filter: { kind: PARENT })", 7),
        .. Connection("BillConnection", "bills(first: #, filter: { createdFrom: \"2026-01-02T00:00:00Z\" })", 4),
        .. Connection("ScanConnection", "scans(first: #)", 8),
        .. Connection("HistoryConnection", $"bagHistory(qr: \"{Mover}\", first: #)", 5),
        .. Connection("UserConnection", "users(first: #)", 1),
        .. Connection("ImportConnection", "imports(first: #)", 1),
        new("ImportResultConnection.nodes", "importResults.nodes", 5, (store, rows) => $"{{ importResults(id: \"{store.KnownBags}\", first: {rows}) {{ nodes {{ * }} }} }}"),
        new("ImportResultConnection.edges", "importResults.edges", 5, (store, rows) => $"{{ importResults(id: \"{store.KnownBags}\", first: {rows}) {{ edges {{ * }} }} }}") { Levels = 3 },
        new("Query.search", "search", 8, (_, rows) => $"{{ search(text: \"SB1\", first: {rows}) {{ * }} }}"),
        new("Query.bagsByQr", "bagsByQr", 7, (_, rows) => $"{{ bagsByQr(qrs: [{Texts(rows, Parent)}]) {{ * }} }}") { Levels = 3 },
        new("Query.contentsAt", "contentsAt", 3, (_, rows) => $"{{ contentsAt(parent: \"{ParentOf(rows)}\", at: \"2099-01-01T00:00:00Z\") {{ * }} }}"),
        new("ScanFeedPage.events", "scansAfter.events", 7, (_, rows) => $"{{ scansAfter(first: {rows}) {{ events {{ * }} }} }}") { Levels = 3 },
        new("Bag.children", "bag.children", 4, (_, rows) => $"{{ bag(qr: \"{ParentOf(rows)}\") {{ children {{ * }} }} }}"),
        new("Bill.parents", "bill.parents", 8, (_, rows) => $"{{ bill(number: \"{BillOf(rows)}\") {{ parents {{ * }} }} }}"),
        new("DaySummary.billers", "daySummary.billers", 2, (_, rows) => $"{{ daySummary(date: \"2026-01-0{(rows == Few ? 1 : 2)}\", timeZone: \"UTC\") {{ billers {{ * }} }} }}") { Many = ListWarehouse.Many - Few },
        new("Import.rejections", "import.rejections", 1, (store, rows) => $"{{ import(id: \"{store.Rejections[rows]}\") {{ rejections {{ * }} }} }}") { Many = 5 },
        new("RecordScansPayload.results", "recordScans.results", 11, (_, rows) => $"mutation {{ recordScans(scans: [{List(rows, Scan)}]) {{ results {{ * }} }} }}") { Levels = 3 },
        new("DeleteBagsPayload.results", "deleteBags.results", 4, (_, rows) => $"mutation {{ deleteBags(qrs: [{Texts(rows, Parent)}]) {{ results {{ * }} }} }}"),
        new("BillsPayload.results", "completeBills.results", 3, (_, rows) => $"mutation {{ completeBills(numbers: [{Texts(rows, Bill)}]) {{ results {{ * }} }} }}"),
        new("RecalculateBillPayload.differences", "recalculateBill.differences", 2, (_, rows) => $"mutation {{ recalculateBill(input: {{ number: \"{BillOf(rows)}\" }}) {{ differences {{ * }} }} }}") { Prepare = BreakAsync },
        new("ImportBagsPayload.results", "importBags.results", 33, (_, rows) => $"mutation {{ importBags(rows: [{List(rows, i => $"{{ qr: \"{Child(i)}\" }}")}], options: {{ dryRun: true }}) {{ results {{ * }} }} }}"),
    ];

    private static ListCase[] Connection(string type, string field, int statements)
    {
        var name = field[..field.IndexOf('(', StringComparison.Ordinal)];
        return
        [
            new($"{type}.nodes", $"{name}.nodes", statements, (_, rows) => Ask("nodes", rows)),
            new($"{type}.edges", $"{name}.edges", statements, (_, rows) => Ask("edges", rows)) { Levels = 3 },
        ];

        string Ask(string list, int rows) => $"{{ {field.Replace("#", rows.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)} {{ {list} {{ * }} }} }}";
    }

    // Refused, since the child is there already, and so the same each time.
    private static string Scan(int i) => $"{{ scanId: \"{Guid.NewGuid()}\", action: LINK, qr: \"{Child(i)}\", parent: \"{Parent(i)}\" }}";

    private static string Texts(int count, Func<int, string> text) => List(count, i => $"\"{text(i)}\"");

    private static string List(int count, Func<int, string> item) => string.Join(", ", Enumerable.Range(0, count).Select(item));

    /// <summary>One figure of each parent on the bill is wrong.</summary>
    private static Task BreakAsync(ListWarehouse store, int rows) => store.ExecuteAsync($"""
        UPDATE tracetrack.bag SET child_count = 7 WHERE id IN (
            SELECT l.bag_id FROM tracetrack.bill_bag l JOIN tracetrack.bill b ON b.id = l.bill_id WHERE b.number = '{BillOf(rows)}')
        """);
}
