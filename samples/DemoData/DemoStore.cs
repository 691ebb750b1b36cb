using TraceTrack.Imports;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.DemoData;

/// <summary>
/// Fills an empty store with a <see cref="DemoWarehouse"/>, through the door every application uses. Each step may be repeated
/// without a change, so a fill that was interrupted is finished by the next one.
/// </summary>
public static class DemoStore
{
    /// <summary>Fills the store, or finishes an earlier fill of the same seed; leaves one with other bags alone.</summary>
    /// <param name="traceTrack">The store, migrated.</param>
    /// <param name="options">What to fill it with.</param>
    /// <param name="progress">Told about each phase, from several threads; null for silence.</param>
    /// <param name="cancellationToken">Interrupts the fill.</param>
    /// <returns>What became of it.</returns>
    public static async Task<DemoOutcome> FillAsync(
        ITraceTrack traceTrack, DemoOptions options, IProgress<DemoProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(traceTrack);
        ArgumentNullException.ThrowIfNull(options);
        var system = traceTrack.As(Actor.System);
        var stored = (await system.Totals.GetAsync(cancellationToken)).Bags;
        if (stored == 0)
        {
            await FillAsync(traceTrack, new(options.Bags, options.Seed), options, progress, cancellationToken);
            return DemoOutcome.Filled;
        }

        // A fill of another size is known by the number of bags: whoever interrupted it need not say the size again.
        foreach (var bags in new[] { options.Bags, stored }.Distinct().Where(bags => bags <= int.MaxValue))
        {
            var warehouse = new DemoWarehouse((int)bags, options.Seed);
            if (await IsFinishedAsync(system.Imports, warehouse, cancellationToken))
                return DemoOutcome.WasFull;
            if (!await HoldsAsync(system.Imports, warehouse, cancellationToken))
                continue;
            await FillAsync(traceTrack, warehouse, options, progress, cancellationToken);
            return DemoOutcome.Filled;
        }

        return DemoOutcome.HoldsOtherBags;
    }

    private static async Task FillAsync(
        ITraceTrack traceTrack, DemoWarehouse warehouse, DemoOptions options, IProgress<DemoProgress>? progress, CancellationToken cancellationToken)
    {
        var imports = traceTrack.As(Actor.System).Imports;
        var until = options.Until ?? options.TimeProvider.GetUtcNow();
        var people = await DemoPeople.CreateAsync(traceTrack, warehouse, options, progress, cancellationToken);
        await imports.ImportAsync(
            warehouse.RowsAsync(), Import(warehouse, DemoImport.Bags), new BagProgress(progress, warehouse.Bags), cancellationToken);
        await imports.ImportScansAsync(
            warehouse.HistoryAsync(until, people.IdOf), Import(warehouse, DemoImport.History),
            new ScanProgress(progress, warehouse.HistoryRows), cancellationToken);
        await DemoBilling.CreateAsync(traceTrack, warehouse, people, options, progress, cancellationToken);
        await imports.ImportScansAsync(AsyncEnumerable.Empty<Scan>(), Import(warehouse, DemoImport.Finished), progress: null, cancellationToken);
        progress?.Report(new(DemoPhase.Done, 0, 0));
    }

    /// <summary>
    /// Whether the last step was taken. It is asked for again: when it was, the answer comes without a row being read,
    /// and when it was not, reading fails, which leaves nothing behind.
    /// </summary>
    private static async Task<bool> IsFinishedAsync(IImports imports, DemoWarehouse warehouse, CancellationToken cancellationToken)
    {
        try
        {
            await imports.ImportScansAsync(new Unreadable<Scan>(), Import(warehouse, DemoImport.Finished), progress: null, cancellationToken);
            return true;
        }
        catch (UnreadableException)
        {
            return false;
        }
    }

    /// <summary>Whether the bags of a store that has some are this warehouse's.</summary>
    private static async Task<bool> HoldsAsync(IImports imports, DemoWarehouse warehouse, CancellationToken cancellationToken)
    {
        try
        {
            await imports.ImportAsync(new Unreadable<BagRow>(), Import(warehouse, DemoImport.Bags), progress: null, cancellationToken);
            return true;
        }
        catch (UnreadableException)
        {
            return false;
        }
    }

    private static ImportOptions Import(DemoWarehouse warehouse, DemoImport import) => new() { ImportId = warehouse.ImportId(import) };

    private sealed class Unreadable<T> : IAsyncEnumerable<T>
    {
        public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) => throw new UnreadableException();
    }

    private sealed class UnreadableException() : Exception("Nobody was to read this.");

    private sealed class BagProgress(IProgress<DemoProgress>? progress, int total) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => progress?.Report(
            value.Phase == ImportPhase.Reading ? new(DemoPhase.Bags, value.RowsRead, total) : new(DemoPhase.Indexes, 0, 0));
    }

    private sealed class ScanProgress(IProgress<DemoProgress>? progress, int total) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => progress?.Report(new(DemoPhase.Scans, value.RowsRead, total));
    }
}
