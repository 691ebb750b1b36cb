using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Imports;
using TraceTrack.Paging;
using TraceTrack.Scans;
using TraceTrack.Totals;
using TraceTrack.Users;

namespace TraceTrack.Testing;

/// <summary>A store under test in the words of a test: codes are plain strings, and who acts is the system unless it is said.</summary>
public sealed class Warehouse(IServiceProvider services)
{
    public ITraceTrack Door { get; } = services.GetRequiredService<ITraceTrack>();

    public TraceTrackOptions Options { get; } = services.GetRequiredService<IOptions<TraceTrackOptions>>().Value;

    public ITracker System => Door.As(Actor.System);

    public ITracker Admin => Door.As(new("admin-1", UserRole.Admin));

    public ITracker Biller => Door.As(new("biller-1", UserRole.Biller));

    public ITracker Dispatcher(string? area) => Door.As(new($"dispatcher-{area ?? "nowhere"}", UserRole.Dispatcher, area));

    public T Port<T>()
        where T : notnull => services.GetRequiredService<T>();

    public Task<ScanResult> RecordAsync(RecordScan scan, ITracker? by = null) => (by ?? System).Scans.RecordAsync(scan).AsTask();

    public Task<ScanResult> ObserveAsync(string qr, ITracker? by = null) =>
        RecordAsync(RecordScan.Observe(ScanId.New(), QrCode.Parse(qr)), by);

    public Task<ScanResult> LinkAsync(string child, string parent, ITracker? by = null) =>
        RecordAsync(RecordScan.Link(ScanId.New(), QrCode.Parse(child), QrCode.Parse(parent)), by);

    public Task<ScanResult> UnlinkAsync(string child, string? parent = null, ITracker? by = null) =>
        RecordAsync(RecordScan.Unlink(ScanId.New(), QrCode.Parse(child), parent is null ? null : QrCode.Parse(parent)), by);

    public Task<ScanResult> RelinkAsync(string child, string parent, ITracker? by = null) =>
        RecordAsync(RecordScan.Relink(ScanId.New(), QrCode.Parse(child), QrCode.Parse(parent)), by);

    public Task<ScanResult> UndoAsync(ITracker? by = null) => RecordAsync(RecordScan.Undo(ScanId.New()), by);

    public Task<ScanResult> LoadAsync(string parent, string bill, ITracker? by = null) =>
        RecordAsync(RecordScan.Load(ScanId.New(), QrCode.Parse(parent), BillNumber.Parse(bill)), by);

    public Task<ScanResult> UnloadAsync(string parent, string? bill = null, ITracker? by = null) =>
        RecordAsync(RecordScan.Unload(ScanId.New(), QrCode.Parse(parent), bill is null ? null : BillNumber.Parse(bill)), by);

    public async Task<ScanResult[]> RecordManyAsync(ITracker? by, params RecordScan[] scans) =>
        [.. await (by ?? System).Scans.RecordManyAsync(scans)];

    public async Task<DeleteResult> DeleteAsync(string qr, ITracker? by = null) => await (by ?? System).Bags.DeleteAsync(QrCode.Parse(qr));

    /// <summary>What each code is answered, as <c>CODE deleted</c> or <c>CODE reason fact</c>.</summary>
    public async Task<string[]> DeleteManyAsync(params string[] qrs) =>
    [
        .. (await System.Bags.DeleteManyAsync([.. qrs.Select(QrCode.Parse)])).Select(result =>
            result.Outcome == DeleteOutcome.Deleted ? $"{result.Qr} deleted" : $"{result.Qr} {result.Rejection} {result.Fact}".TrimEnd()),
    ];

    /// <summary>Links new children, named after their parent, until it holds as many.</summary>
    public async Task FillAsync(string parent, int children, ITracker? by = null)
    {
        for (var i = 1; i <= children; i++)
            Recorded(await LinkAsync($"{parent}-C{i:00}", parent, by));
    }

    public Task<Bill> CreateBillAsync(string number, int capacity = 10, ITracker? by = null) =>
        (by ?? System).Bills.CreateAsync(new(BillNumber.Parse(number), capacity)).AsTask();

    public Task<Bill> CompleteAsync(string number, long? expectedVersion = null, ITracker? by = null) =>
        (by ?? System).Bills.CompleteAsync(BillNumber.Parse(number), expectedVersion).AsTask();

    public Task<Bill> ReopenAsync(string number, long? expectedVersion = null, ITracker? by = null) =>
        (by ?? System).Bills.ReopenAsync(BillNumber.Parse(number), expectedVersion).AsTask();

    public Task<Bill> ResizeAsync(string number, int capacity, long? expectedVersion = null, ITracker? by = null) =>
        (by ?? System).Bills.ResizeAsync(BillNumber.Parse(number), capacity, expectedVersion).AsTask();

    public Task<Bill> DeleteBillAsync(string number, long? expectedVersion = null, ITracker? by = null) =>
        (by ?? System).Bills.DeleteAsync(BillNumber.Parse(number), expectedVersion).AsTask();

    public Task<BillRecalculation> RecalculateAsync(string number, ITracker? by = null) =>
        (by ?? System).Bills.RecalculateAsync(BillNumber.Parse(number)).AsTask();

    public Task<Bill?> FindBillAsync(string number, ITracker? by = null) => (by ?? System).Bills.FindAsync(BillNumber.Parse(number)).AsTask();

    public async Task<IReadOnlyList<BillResult>> SetStatusAsync(BillStatus status, string[] numbers, ITracker? by = null) =>
        await (by ?? System).Bills.SetStatusManyAsync([.. numbers.Select(BillNumber.Parse)], status);

    public Task<Bag?> FindBagAsync(string qr, ITracker? by = null) => (by ?? System).Bags.FindAsync(QrCode.Parse(qr)).AsTask();

    public async Task<Bag> BagAsync(string qr, ITracker? by = null) =>
        await FindBagAsync(qr, by) ?? throw new InvalidOperationException($"There is no bag {qr}.");

    public async Task<Bill> BillAsync(string number) =>
        await System.Bills.FindAsync(BillNumber.Parse(number)) ?? throw new InvalidOperationException($"There is no bill {number}.");

    public async Task<IReadOnlyList<Bag>> ChildrenAsync(string parent, ITracker? by = null) =>
        (await (by ?? System).Bags.ChildrenOfAsync([QrCode.Parse(parent)]))[0];

    public async Task<string[]> ListAsync(BagFilter filter, ITracker? by = null) => Codes(await AllBagsAsync(filter, by));

    public async Task<string[]> SearchAsync(string text, int limit = 20, ITracker? by = null) =>
        Codes(await (by ?? System).Bags.SearchAsync(text, limit));

    public async Task<IReadOnlyList<Bag>> AllBagsAsync(BagFilter? filter = null, ITracker? by = null)
    {
        var all = new List<Bag>();
        for (string? cursor = null; ;)
        {
            var page = await (by ?? System).Bags.ListAsync(filter ?? BagFilter.All, PageRequest.First(PageRequest.MaxSize, cursor));
            all.AddRange(page.Items);
            if (!page.HasNext)
                return all;
            cursor = MovedOn(cursor, page.EndCursor);
        }
    }

    public async Task<IReadOnlyList<Bill>> AllBillsAsync()
    {
        var all = new List<Bill>();
        for (string? cursor = null; ;)
        {
            var page = await System.Bills.ListAsync(BillFilter.All, PageRequest.First(PageRequest.MaxSize, cursor));
            all.AddRange(page.Items);
            if (!page.HasNext)
                return all;
            cursor = MovedOn(cursor, page.EndCursor);
        }
    }

    public Task<TraceTrackTotals> TotalsAsync() => System.Totals.GetAsync().AsTask();

    public Task<ImportReport> ImportAsync(params BagRow[] rows) => ImportAsAsync(Guid.NewGuid(), rows);

    public Task<ImportReport> ImportAsAsync(Guid importId, params BagRow[] rows) =>
        System.Imports.ImportAsync(rows.ToAsyncEnumerable(), new() { ImportId = importId }).AsTask();

    public Task<ImportReport> ImportWithAsync(OnExisting onExisting, params BagRow[] rows) => ImportWithAsync(new ImportOptions { OnExisting = onExisting }, rows);

    public Task<ImportReport> ImportWithAsync(ImportOptions options, params BagRow[] rows) =>
        System.Imports.ImportAsync(rows.ToAsyncEnumerable(), options).AsTask();

    /// <summary>The results of an import, such as "3 Rejected ParentFull SB100".</summary>
    public async Task<string[]> TellAsync(ImportReport report) =>
        [.. (await ResultsAsync(report)).Select(result => $"{result.Ordinal} {result.Outcome} {result.Reason} {result.Detail}".TrimEnd())];

    public Task<List<RowResult>> ResultsAsync(ImportReport report) =>
        System.Imports.ReadResultsAsync(report.ImportId).ToListAsync().AsTask();

    /// <summary>Decides a batch of scans, and shows what the store wrote.</summary>
    public Task<ScanCommit> RecordBatchAsync(Actor actor, params RecordScan[] scans) => Port<IScanStore>()
        .RecordAsync(
            new(scans, Options, Port<BagKindRule>(), actor), state => ScanRules.Decide(state, scans, actor, Options), CancellationToken.None)
        .AsTask();

    /// <summary>A list that does not move on would be read for ever.</summary>
    public static string? MovedOn(string? from, string? to)
    {
        Assert.NotNull(to);
        Assert.NotEqual(from, to);
        return to;
    }

    public static string[] Codes(IEnumerable<Bag> bags) => [.. bags.Select(bag => bag.Qr.Value)];

    public static ScanResult Recorded(ScanResult result)
    {
        Assert.Equal((ScanOutcome.Recorded, null, null), (result.Outcome, result.Rejection, result.Fact));
        return result;
    }

    public static ScanResult Rejected(ScanRejection reason, string? fact, ScanResult result)
    {
        Assert.Equal((ScanOutcome.Rejected, reason, fact), (result.Outcome, result.Rejection, result.Fact));
        return result;
    }

    /// <summary>Expects a typed error with this code.</summary>
    public static async Task<TError> FailsAsync<TError>(string code, Func<Task> act)
        where TError : TraceTrackException
    {
        var error = await Assert.ThrowsAsync<TError>(act);
        Assert.Equal(code, error.Code);
        return error;
    }
}
