using TraceTrack.Bills;
using TraceTrack.Imports;
using TraceTrack.Paging;
using TraceTrack.Scans;
using TraceTrack.Users;
using static TraceTrack.Testing.Access.AccessProbes;

namespace TraceTrack.Testing.Access;

/// <summary>
/// Who may do what, written down by hand from docs/domain.md and compared with what happens. An operation without a line here fails the test: give
/// it a line with the words expected and one call of it.
/// </summary>
public static class AccessMatrix
{
    public const string Yes = "yes";

    /// <summary>Answered as if there were none.</summary>
    public const string Nothing = "nothing";

    /// <summary><see cref="ErrorCodes.NotAllowed"/>.</summary>
    public const string Refused = "refused";

    private const string OutOfArea = nameof(ScanRejection.OutOfArea);
    private const string NotAllowed = nameof(ScanRejection.NotAllowed);

    // The application, admin, biller; a dispatcher for the own area, for another and for none; a dispatcher without area.
    private static readonly string[] ReadsBags = [Yes, Yes, Yes, Yes, Nothing, Nothing, Nothing];
    private static readonly string[] SeesFigures = [Yes, Yes, Yes, Yes, Yes, Yes, Nothing];
    private static readonly string[] ScansBags = [Yes, Yes, Yes, Yes, OutOfArea, Yes, NotAllowed];
    private static readonly string[] ScansBills = [Yes, Yes, Yes, NotAllowed, NotAllowed, NotAllowed, NotAllowed];
    private static readonly string[] Billers = [Yes, Yes, Yes, Refused, Refused, Refused, Refused];
    private static readonly string[] Admins = [Yes, Yes, Refused, Refused, Refused, Refused, Refused];
    private static readonly string[] Everybody = [Yes, Yes, Yes, Yes, Yes, Yes, Yes];
    private static readonly string[] AdminsSee = [Yes, Yes, Nothing, Nothing, Nothing, Nothing, Nothing];
    private static readonly string[] Application = [Yes, Refused, Refused, Refused, Refused, Refused, Refused];

    public static IReadOnlyList<AccessRow> Rows { get; } =
    [
        Bags("FindAsync", async s => await s.By.Bags.FindAsync(s.Child) is not null),
        Bags("FindManyAsync", async s => (await s.By.Bags.FindManyAsync([s.Child]))[0] is not null),
        Bags("ChildrenOfAsync", async s => (await s.By.Bags.ChildrenOfAsync([s.Parent]))[0].Count == 1),
        Row("Bags.OnBillsAsync", "", ReadsBags, s => s.BillAsync(), async s => Seen((await s.By.Bags.OnBillsAsync([s.Bill]))[0].Count == 1)),
        Bags("ListAsync", async s => (await s.By.Bags.ListAsync(new() { Parent = s.Parent }, PageRequest.First())).Items.Count == 1),
        Bags("SearchAsync", async s => (await s.By.Bags.SearchAsync(s.Child.Value)).Count == 1),
        Row("Bags.DeleteAsync", "", Admins, s => s.BagsAsync(linked: false), async s => Done(await s.By.Bags.DeleteAsync(s.Child))),
        Row("Bags.DeleteManyAsync", "", Admins, s => s.BagsAsync(linked: false), async s => Done((await s.By.Bags.DeleteManyAsync([s.Child]))[0])),

        Row("Bills.FindAsync", "", SeesFigures, s => s.BillAsync(), async s => Seen(await s.By.Bills.FindAsync(s.Bill) is { ParentCount: 1 })),
        Row("Bills.FindManyAsync", "", SeesFigures, s => s.BillAsync(), async s => Seen((await s.By.Bills.FindManyAsync([s.Bill]))[0] is { ParentCount: 1 })),
        Row("Bills.ListAsync", "", SeesFigures, s => s.BillAsync(), async s =>
            Seen((await s.By.Bills.ListAsync(new() { CreatedBy = s.Owner.Id }, PageRequest.First())).Items.Count == 1)),
        Row("Bills.CreateAsync", "", Billers, s => Task.CompletedTask, async s => Seen((await s.By.Bills.CreateAsync(new(s.Bill, 5))).Capacity == 5)),
        Row("Bills.CompleteAsync", "", Billers, s => s.BillAsync(), async s => Seen((await s.By.Bills.CompleteAsync(s.Bill)).Status == BillStatus.Completed)),
        Row("Bills.ReopenAsync", "", Admins, s => s.CompletedBillAsync(), async s => Seen((await s.By.Bills.ReopenAsync(s.Bill)).Status == BillStatus.Processing)),
        Row("Bills.ResizeAsync", "", Billers, s => s.BillAsync(), async s => Seen((await s.By.Bills.ResizeAsync(s.Bill, 7)).Capacity == 7)),
        Row("Bills.DeleteAsync", "", Billers, s => s.BillAsync(loaded: false), async s => Seen((await s.By.Bills.DeleteAsync(s.Bill)).Number == s.Bill)),
        Row("Bills.RecalculateAsync", "", Billers, s => s.BillAsync(), async s => Seen((await s.By.Bills.RecalculateAsync(s.Bill)).IsExact)),
        Row("Bills.SummarizeDayAsync", "", Billers, s => s.BillAsync(), async s => Seen((await s.By.Bills.SummarizeDayAsync(Today(), TimeZoneInfo.Utc)).Total.Bills > 0)),
        Row("Bills.SetStatusManyAsync", "to Completed", Billers, s => s.BillAsync(), async s =>
            Seen((await s.By.Bills.SetStatusManyAsync([s.Bill], BillStatus.Completed))[0].Outcome == BillOutcome.Changed)),
        Row("Bills.SetStatusManyAsync", "to Processing", Admins, s => s.CompletedBillAsync(), async s =>
            Seen((await s.By.Bills.SetStatusManyAsync([s.Bill], BillStatus.Processing))[0].Outcome == BillOutcome.Changed)),

        Scan("Observe", ScansBags, s => s.BagsAsync(), s => RecordScan.Observe(ScanId.New(), s.Child)),
        Scan("Link", ScansBags, s => s.BagsAsync(linked: false), s => RecordScan.Link(ScanId.New(), s.Child, s.Parent)),
        Scan("Unlink", ScansBags, s => s.BagsAsync(), s => RecordScan.Unlink(ScanId.New(), s.Child)),
        Scan("Relink", ScansBags, s => s.BagsAsync(), s => RecordScan.Relink(ScanId.New(), s.Child, s.Other)),
        Scan("Load", ScansBills, s => s.BillAsync(loaded: false), s => RecordScan.Load(ScanId.New(), s.Parent, s.Bill)),
        Scan("Unload", ScansBills, s => s.BillAsync(), s => RecordScan.Unload(ScanId.New(), s.Parent)),
        Scan("Undo of an Observe, Link, Unlink or Relink", ScansBags, s => EarlierAsync(s, bill: false), _ => RecordScan.Undo(ScanId.New())),
        Scan("Undo of a Load or Unload", ScansBills, s => EarlierAsync(s, bill: true), _ => RecordScan.Undo(ScanId.New())),
        Row("Scans.ListAsync", "", ReadsBags, s => s.BagsAsync(), async s =>
            Seen((await s.By.Scans.ListAsync(new() { Qr = s.Child }, PageRequest.First())).Items.Count == 2)),
        Row("Scans.ReadAfterAsync", "", ReadsBags, s => s.BagsAsync(), FeedAsync),
        Row("Scans.ShowAsync", "", ReadsBags, s => s.BagsAsync(), ShownAsync),
        Row("Scans.FindFeedEndAsync", "", Everybody, s => s.BagsAsync(), async s => Seen(await s.By.Scans.FindFeedEndAsync() > default(EventPosition))),

        Bags("ContentsAtAsync", async s => (await s.By.History.ContentsAtAsync(s.Parent, Later())).Count == 1, "History"),
        Bags("ParentAtAsync", async s => await s.By.History.ParentAtAsync(s.Child, Later()) is not null, "History"),
        Bags("OfBagAsync", async s => (await s.By.History.OfBagAsync(s.Child, PageRequest.First())).Items.Count == 2, "History"),
        Row("History.OfBillAsync", "what happened", SeesFigures, s => s.BillAsync(), async s =>
            Seen((await s.By.History.OfBillAsync(s.Bill, PageRequest.First())).Items.Count == 2)),
        Row("History.OfBillAsync", "the parents' codes", ReadsBags, s => s.BillAsync(), async s =>
            Seen((await s.By.History.OfBillAsync(s.Bill, PageRequest.First())).Items.Any(entry => entry.OtherBag == s.Parent))),

        Self("FindAsync", Everybody, async (by, user) => Seen(await by.Users.FindAsync(user.Id) is not null)),
        Another("FindAsync", AdminsSee, async (by, user) => Seen(await by.Users.FindAsync(user.Id) is not null)),
        Self("FindManyAsync", Everybody, async (by, user) => Seen((await by.Users.FindManyAsync([user.Id]))[0] is not null)),
        Another("FindManyAsync", AdminsSee, async (by, user) => Seen((await by.Users.FindManyAsync([user.Id]))[0] is not null)),
        Another("FindByNameAsync", Admins, async (by, user) => Seen(await by.Users.FindByNameAsync(user.Name) is not null)),
        Another("ListAsync", Admins, async (by, _) => Seen((await by.Users.ListAsync(null, PageRequest.First())).Items.Count > 0)),
        Another("CreateAsync", Admins, async (by, user) => Seen((await by.Users.CreateAsync(new(user.Name + "-2", UserRole.Biller, null, "hash"))).Role == UserRole.Biller)),
        Self("ChangeAsync", Admins, async (by, user) => Seen((await by.Users.ChangeAsync(user.Id, new() { Area = AreaChange.To("EAST") })).Area == "EAST")),
        Another("ChangeAsync", Admins, async (by, user) => Seen((await by.Users.ChangeAsync(user.Id, new() { IsDisabled = true })).IsDisabled)),
        Self("SetPasswordAsync", Everybody, async (by, user) => await Done(by.Users.SetPasswordAsync(user.Id, "hash-2"))),
        Another("SetPasswordAsync", Admins, async (by, user) => await Done(by.Users.SetPasswordAsync(user.Id, "hash-2"))),
        Self("ReplacePasswordAsync", Everybody, async (by, user) => await Done(by.Users.ReplacePasswordAsync(new(user, "hash"), "hash-2"))),
        Another("ReplacePasswordAsync", Admins, async (by, user) => await Done(by.Users.ReplacePasswordAsync(new(user, "hash"), "hash-2"))),
        Self("EndSessionsAsync", Everybody, async (by, user) => Seen(await by.Users.EndSessionsAsync(user.Id) == 0)),
        Another("EndSessionsAsync", Admins, async (by, user) => Seen(await by.Users.EndSessionsAsync(user.Id) == 0)),
        Another("FindCredentialsAsync", Application, async (by, user) => Seen(await by.Users.FindCredentialsAsync(user.Name) is not null)),
        Another("LogInAsync", Application, async (by, user) => Seen((await by.Users.LogInAsync(new(user, "hash"))).Token.Length > 0)),
        Another("StartSessionAsync", Application, async (by, user) => Seen((await by.Users.StartSessionAsync(user.Id)).Token.Length > 0)),
        Row("Users.FindSessionAsync", "", Application, SessionAsync, async (s, token) => Seen(await s.By.Users.FindSessionAsync(token) is not null)),
        Row("Users.EndSessionAsync", "", Application, SessionAsync, async (s, token) => await Done(s.By.Users.EndSessionAsync(token))),

        Row("Totals.GetAsync", "", [Yes, Yes, Yes, Yes, Yes, Yes, Refused], s => s.BagsAsync(), async s => Seen((await s.By.Totals.GetAsync()).Bags > 0)),
        Row("Totals.ReconcileAsync", "", Admins, s => Task.CompletedTask, async s => Seen((await s.By.Totals.ReconcileAsync()).IsExact)),
        Row("Imports.ImportAsync", "", Billers, s => Task.CompletedTask, async s =>
            Seen((await s.By.Imports.ImportAsync(new[] { new BagRow(s.Child.Value) }.ToAsyncEnumerable(), new())).Children == 1)),
        Row("Imports.FindAsync", "", Billers, RejectedRowAsync, async (s, import) => Seen(await s.By.Imports.FindAsync(import) is not null)),
        Row("Imports.ListAsync", "", Billers, RejectedRowAsync, async (s, _) => Seen((await s.By.Imports.ListAsync(PageRequest.First())).Items.Count > 0)),
        Row("Imports.ListResultsAsync", "", Billers, RejectedRowAsync, async (s, import) =>
            Seen((await s.By.Imports.ListResultsAsync(import, PageRequest.First())).Items.Count > 0)),
        Row("Imports.ReadResultsAsync", "", Billers, RejectedRowAsync, async (s, import) => Seen(await s.By.Imports.ReadResultsAsync(import).AnyAsync())),
        Row("Imports.ImportScansAsync", "", Admins, s => Task.CompletedTask, async s =>
            Seen((await s.By.Imports.ImportScansAsync(AsyncEnumerable.Empty<Scan>(), new())).Scans == 0)),
        Row("Exports.ExportAsync", "", ReadsBags, s => s.BagsAsync(), ExportAsync),
    ];

    /// <summary>The matrix as a table of docs/domain.md.</summary>
    public static string Print() => string.Join('\n',
    [
        "| | " + string.Join(" | ", AccessColumn.All.Select(column => column.Title)) + " |",
        "|---|" + string.Concat(AccessColumn.All.Select(_ => "---|")),
        .. Rows.Select(row => $"| {Name(row)} | {string.Join(" | ", row.Expected)} |"),
    ]);

    private static string Name(AccessRow row) =>
        (string.Join(", ", row.Operations.Select(operation => $"`{operation.Replace("Async", "", StringComparison.Ordinal)}`")) + " " + row.Case).TrimEnd();

    private static AccessRow Bags(string operation, Func<AccessScene, Task<bool>> seen, string part = "Bags") =>
        Row($"{part}.{operation}", "", ReadsBags, s => s.BagsAsync(), async s => Seen(await seen(s)));

    private static AccessRow Row(string operation, string ofWhat, string[] expected, Func<AccessScene, Task> prepare, Func<AccessScene, Task<string>> act) =>
        new([operation], ofWhat, expected, async (scene, _) =>
        {
            await prepare(scene);
            return await AnswerAsync(() => act(scene));
        });

    private static AccessRow Row<T>(string operation, string ofWhat, string[] expected, Func<AccessScene, Task<T>> prepare, Func<AccessScene, T, Task<string>> act) =>
        new([operation], ofWhat, expected, async (scene, _) =>
        {
            var prepared = await prepare(scene);
            return await AnswerAsync(() => act(scene, prepared));
        });

    private static AccessRow Scan(string ofWhat, string[] expected, Func<AccessScene, Task> prepare, Func<AccessScene, RecordScan> scan) =>
        new(["Scans.RecordAsync", "Scans.RecordManyAsync"], ofWhat, expected, async (scene, operation) =>
        {
            await prepare(scene);
            return await AnswerAsync(async () => Done(operation == "Scans.RecordAsync"
                ? await scene.By.Scans.RecordAsync(scan(scene))
                : (await scene.By.Scans.RecordManyAsync([scan(scene)]))[0]));
        });

    private static AccessRow Self(string operation, string[] expected, Func<ITracker, User, Task<string>> act) =>
        Row("Users." + operation, "oneself", expected, s => s.SelfAsync(), async (_, self) => await act(self.By, self.User));

    private static AccessRow Another(string operation, string[] expected, Func<ITracker, User, Task<string>> act) =>
        Row("Users." + operation, "", expected, s => s.UserAsync("another"), async (s, user) => await act(s.By, user));
}
