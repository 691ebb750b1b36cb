using System.Runtime.CompilerServices;
using TraceTrack.Bags;
using TraceTrack.Imports;
using TraceTrack.Paging;
using TraceTrack.Scans;
using TraceTrack.Totals;

namespace TraceTrack.InMemory;

/// <summary>Reads beside the store; checks and writes in one transaction: until then nothing of an import is to be seen.</summary>
internal sealed class InMemoryBagImporter(InMemoryState state, ImportRules rules, TraceTrackOptions options, TimeProvider clock) : IBagImporter
{
    private const int ProgressEvery = 50_000;

    public async ValueTask<ImportReport> ImportAsync(
        IAsyncEnumerable<BagRow> rows, ImportOptions import, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var kind = import.DryRun ? ImportKind.DryRun : ImportKind.Bags;
        if (await EarlierAsync(import.ImportId, kind, cancellationToken).ConfigureAwait(false) is { } earlier)
            return earlier;
        var plan = new ImportPlan(rules);
        var watch = await ReadAsync(rows, plan.Add, () => plan.Rejected, progress, cancellationToken).ConfigureAwait(false);
        watch.Report(ImportPhase.Checking);
        var report = await state.RunAsync(() => Merge(plan, import, kind, watch, cancellationToken), cancellationToken).ConfigureAwait(false);
        watch.Report(ImportPhase.Done);
        return report;
    }

    public async ValueTask<ImportReport> ImportScansAsync(
        IAsyncEnumerable<Scan> scans, ImportOptions import, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var importId = import.ImportId;
        if (await EarlierAsync(importId, ImportKind.ScanLog, cancellationToken).ConfigureAwait(false) is { } earlier)
            return earlier;
        var read = new List<Scan>();
        var watch = await ReadAsync(scans, scan => read.Add(ImportRules.CheckHistory(scan)), static () => 0, progress, cancellationToken).ConfigureAwait(false);
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
            Rejected = new Dictionary<RowReason, long>(),
            Elapsed = watch.Elapsed,
        };
        var committed = await state.RunAsync(
            () =>
            {
                if (Earlier(importId, ImportKind.ScanLog) is { } same)
                    return same;
                state.Log.AddRange(read.Select(scan => scan with { EventId = state.NextEventId() }));
                state.Totals += new TraceTrackTotals { Scans = read.Count };
                state.Imports.Add(importId, new(ImportKind.ScanLog, report, []));
                return report;
            },
            cancellationToken).ConfigureAwait(false);
        watch.Report(ImportPhase.Done);
        return committed;
    }

    public ValueTask<ImportReport?> FindAsync(Guid importId, CancellationToken cancellationToken) =>
        state.RunAsync(() => state.Imports.GetValueOrDefault(importId)?.Report, cancellationToken);

    public ValueTask<IReadOnlyList<ImportReport>> ListAsync(Slice<long> slice, CancellationToken cancellationToken) =>
        state.RunAsync(
            // The list runs from the highest key down.
            () => Rows(state.Imports.Values.Select(import => import.Report), report => report.Key, slice, isDescending: !slice.Backward),
            cancellationToken);

    public ValueTask<IReadOnlyList<RowResult>> ListResultsAsync(Guid importId, Slice<long> slice, CancellationToken cancellationToken) =>
        state.RunAsync(
            () => Rows(state.Imports.GetValueOrDefault(importId)?.Results ?? [], result => result.Ordinal, slice, isDescending: slice.Backward),
            cancellationToken);

    public async IAsyncEnumerable<RowResult> ReadResultsAsync(Guid importId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var results = await state.RunAsync(() => state.Imports.GetValueOrDefault(importId)?.Results, cancellationToken).ConfigureAwait(false);
        foreach (var result in results ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return result;
        }
    }

    private static IReadOnlyList<T> Rows<T>(IEnumerable<T> rows, Func<T, long> position, Slice<long> slice, bool isDescending)
    {
        var beyond = rows.Where(row => slice.From is not { } from || (isDescending ? position(row) < from : position(row) > from));
        var ordered = isDescending ? beyond.OrderByDescending(position) : beyond.OrderBy(position);
        return [.. ordered.Take(slice.Count)];
    }

    private async ValueTask<Watch> ReadAsync<T>(
        IAsyncEnumerable<T> rows, Action<T> take, Func<long> rejected, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var watch = new Watch(clock, progress);
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            take(row);
            watch.Rejected = rejected();
            if (++watch.Rows % ProgressEvery == 0)
                watch.Report(ImportPhase.Reading);
        }

        return watch;
    }

    private ImportReport Merge(ImportPlan plan, ImportOptions import, ImportKind kind, Watch watch, CancellationToken cancellationToken)
    {
        if (Earlier(import.ImportId, kind) is { } same)
            return same;
        var decision = new ImportDecision(state, plan, import.OnExisting, options.ParentCapacity);
        decision.Run(cancellationToken);
        var results = plan.Results();
        var rejected = results.Where(result => result.Outcome == RowOutcome.Rejected).CountBy(result => result.Reason)
            .ToDictionary(pair => pair.Key, pair => (long)pair.Value);
        var isRolledBack = import.OnError == OnError.RollBack && rejected.Count > 0;
        var key = state.NextId();
        TakenRow[] added = isRolledBack ? [] : [.. decision.Taken.Where(row => row.Known is null)];
        var parents = added.Count(row => row.Row.Kind == BagKind.Parent);
        var report = new ImportReport
        {
            ImportId = import.ImportId,
            Key = key,
            Path = "in memory: read beside the store, then checked and merged as a whole",
            RowsRead = watch.Rows,
            Parents = parents,
            Children = added.Length - parents,
            Linked = added.Count(row => row.Target is not null),
            Kept = results.Count(result => result.Outcome == RowOutcome.Kept),
            Updated = isRolledBack ? 0 : decision.Taken.Count - added.Length,
            IsDryRun = import.DryRun,
            IsRolledBack = isRolledBack,
            Rejected = rejected,
            Elapsed = watch.Elapsed,
        };
        if (!import.DryRun && !isRolledBack)
            new ImportMerge(state, decision, key, options.ParentCapacity).Run();
        state.Imports.Add(import.ImportId, new(kind, report, results));
        return report;
    }

    private ValueTask<ImportReport?> EarlierAsync(Guid importId, ImportKind kind, CancellationToken cancellationToken) =>
        state.RunAsync(() => Earlier(importId, kind), cancellationToken);

    private ImportReport? Earlier(Guid importId, ImportKind kind)
    {
        if (!state.Imports.TryGetValue(importId, out var earlier))
            return null;
        return earlier.Kind == kind
            ? earlier.Report with { IsReplay = true }
            : throw new InvalidInputException(ErrorCodes.InvalidImport, $"The import id {importId} was used for an import of another kind.");
    }

    private sealed class Watch(TimeProvider clock, IProgress<ImportProgress>? progress)
    {
        private readonly long _started = clock.GetTimestamp();

        public long Rows { get; set; }

        public long Rejected { get; set; }

        public TimeSpan Elapsed => clock.GetElapsedTime(_started);

        public void Report(ImportPhase phase) => progress?.Report(new(phase, Rows, Elapsed, Rejected));
    }
}
