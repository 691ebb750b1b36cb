using TraceTrack.Bags;
using TraceTrack.Exports;

namespace TraceTrack.InMemory;

/// <summary>Notes which bags there are at one moment, a reference each, and writes them beside the store: rows never change, they are replaced.</summary>
internal sealed class InMemoryBagExporter(InMemoryState state, TimeProvider clock) : IBagExporter
{
    private const int ProgressEvery = 50_000;

    public async ValueTask<long> ExportAsync(
        BagFilter filter, ExportFormat format, Stream destination, IProgress<ExportProgress>? progress, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var bags = await state.RunAsync(() => Choose(filter), cancellationToken).ConfigureAwait(false);
        using var lines = new ExportLines(format);
        for (var i = 0; i < bags.Count; i++)
        {
            lines.Add(bags[i]);
            if (lines.IsFull)
                await lines.WriteAsync(destination, cancellationToken).ConfigureAwait(false);
            if ((i + 1) % ProgressEvery == 0)
                progress?.Report(new(i + 1, clock.GetElapsedTime(started)));
        }

        await lines.WriteAsync(destination, cancellationToken).ConfigureAwait(false);
        await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
        progress?.Report(new(bags.Count, clock.GetElapsedTime(started)));
        return bags.Count;
    }

    private List<Bag> Choose(BagFilter filter)
    {
        var table = state.Bags;
        var chosen = new List<Bag>(filter == BagFilter.All ? table.Count : 0);
        chosen.AddRange(Choose(table, filter, BagKind.Parent));
        chosen.AddRange(Choose(table, filter, BagKind.Child));
        return chosen;
    }

    private static IEnumerable<Bag> Choose(BagTable table, BagFilter filter, BagKind kind)
    {
        if (filter.Kind is { } wanted && wanted != kind)
            return [];
        var bags = filter.Parent is not { } parent
            ? table.Codes(kind, filter.Status, null, backward: false).Select(qr => table.Find(qr)!)
            : kind == BagKind.Child && table.TryFind(parent, out var holder) ? table.ChildrenOf(holder.Id) : [];
        return bags.Where(bag => table.Matches(bag, filter));
    }
}
