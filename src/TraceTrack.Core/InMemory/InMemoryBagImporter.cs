using System.Runtime.CompilerServices;
using TraceTrack.Imports;
using TraceTrack.Scans;
using TraceTrack.Totals;

namespace TraceTrack.InMemory;

/// <summary>Reads and checks beside the store, and swaps the finished table in: until then nothing of an import is to be seen.</summary>
internal sealed class InMemoryBagImporter(InMemoryState state, ImportRules rules, TraceTrackOptions options, TimeProvider clock) : IBagImporter
{
    private const int ProgressEvery = 50_000;

    public async ValueTask<ImportReport> ImportAsync(
        IAsyncEnumerable<BagRow> rows, ImportOptions import, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var importId = import.ImportId;
        if (await EarlierAsync(importId, needsEmptyStore: true, cancellationToken).ConfigureAwait(false) is { } earlier)
            return earlier;
        var plan = new ImportPlan(rules);
        var watch = await ReadAsync(rows, plan.Add, progress, cancellationToken).ConfigureAwait(false);
        watch.Report(ImportPhase.Checking);
        var key = state.NextId();
        var at = state.Now();
        var bags = plan.Build(key, state.NextId(plan.Count), state.NextVersion(), at, options.ParentCapacity, cancellationToken);
        watch.Report(ImportPhase.Indexing);
        var table = new BagTable(bags);
        var results = plan.Results();
        var report = new ImportReport
        {
            ImportId = importId,
            Key = key,
            Path = "in memory: checked beside the store, then swapped in as a whole",
            RowsRead = watch.Rows,
            Parents = plan.Parents,
            Children = bags.Count - plan.Parents,
            Linked = plan.Linked,
            Rejected = results.CountBy(result => result.Rejection).ToDictionary(pair => pair.Key, pair => (long)pair.Value),
            Elapsed = watch.Elapsed,
        };
        var committed = await state.RunAsync(
            () =>
            {
                if (Earlier(importId, needsEmptyStore: true) is { } same)
                    return same;
                state.Bags = table;
                state.ImportTimes.Add(key, at);
                state.Totals += new TraceTrackTotals { Bags = bags.Count, Parents = report.Parents, Children = report.Children };
                state.Imports.Add(importId, (report, results));
                return report;
            },
            cancellationToken).ConfigureAwait(false);
        watch.Report(ImportPhase.Done);
        return committed;
    }

    public async ValueTask<ImportReport> ImportScansAsync(
        IAsyncEnumerable<Scan> scans, ImportOptions import, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var importId = import.ImportId;
        if (await EarlierAsync(importId, needsEmptyStore: false, cancellationToken).ConfigureAwait(false) is { } earlier)
            return earlier;
        var read = new List<Scan>();
        var watch = await ReadAsync(scans, scan => read.Add(ImportRules.CheckHistory(scan)), progress, cancellationToken).ConfigureAwait(false);
        var report = new ImportReport
        {
            ImportId = importId,
            Key = state.NextId(),
            Path = "in memory: read beside the store, then appended as a whole",
            RowsRead = watch.Rows,
            Parents = 0,
            Children = 0,
            Linked = 0,
            Scans = read.Count,
            Rejected = new Dictionary<RowRejection, long>(),
            Elapsed = watch.Elapsed,
        };
        var committed = await state.RunAsync(
            () =>
            {
                if (Earlier(importId, needsEmptyStore: false) is { } same)
                    return same;
                state.Log.AddRange(read.Select(scan => scan with { EventId = state.NextEventId() }));
                state.Totals += new TraceTrackTotals { Scans = read.Count };
                state.Imports.Add(importId, (report, []));
                return report;
            },
            cancellationToken).ConfigureAwait(false);
        watch.Report(ImportPhase.Done);
        return committed;
    }

    public async IAsyncEnumerable<RowResult> ReadResultsAsync(Guid importId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var results = await state.RunAsync(() => state.Imports.GetValueOrDefault(importId).Results, cancellationToken).ConfigureAwait(false);
        foreach (var result in results ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return result;
        }
    }

    private async ValueTask<Watch> ReadAsync<T>(
        IAsyncEnumerable<T> rows, Action<T> take, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var watch = new Watch(clock, progress);
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            take(row);
            if (++watch.Rows % ProgressEvery == 0)
                watch.Report(ImportPhase.Reading);
        }

        return watch;
    }

    private ValueTask<ImportReport?> EarlierAsync(Guid importId, bool needsEmptyStore, CancellationToken cancellationToken) =>
        state.RunAsync(() => Earlier(importId, needsEmptyStore), cancellationToken);

    private ImportReport? Earlier(Guid importId, bool needsEmptyStore)
    {
        if (state.Imports.TryGetValue(importId, out var earlier))
            return earlier.Report with { IsReplay = true };
        return needsEmptyStore && state.Bags.Count > 0
            ? throw new ConflictException(ErrorCodes.StoreNotEmpty, $"The store holds {state.Bags.Count} bags already; an import needs a store without any.")
            : null;
    }

    private sealed class Watch(TimeProvider clock, IProgress<ImportProgress>? progress)
    {
        private readonly long _started = clock.GetTimestamp();

        public long Rows { get; set; }

        public TimeSpan Elapsed => clock.GetElapsedTime(_started);

        public void Report(ImportPhase phase) => progress?.Report(new(phase, Rows, Elapsed));
    }
}
