using TraceTrack.Bags;
using TraceTrack.Imports;

namespace TraceTrack.Postgres;

/// <summary>The COPY of bags: children as they come, and at its end the parents, whose contents are known only then.</summary>
internal sealed class BagCopy(CopyStream copy, ImportTransaction import, long version, long firstId, int capacity) : IAsyncDisposable
{
    private const short Columns = 14;

    /// <summary>Marks a parent that only children named; it is taken out again together with them.</summary>
    private const short UnknownParent = -1;

    public long Children { get; private set; }

    public long Linked { get; private set; }

    public long Parents { get; private set; }

    public bool HasUnknownParents { get; private set; }

    public bool HasSurplus { get; private set; }

    public ValueTask AddLooseAsync(long ordinal, in CheckedRow row, CancellationToken cancellationToken)
    {
        Children++;
        Begin(2 * ordinal);
        copy.Rows.Null();
        copy.Rows.Null();
        End(0, row.WeightGrams, 0, BagKind.Child, (short)BagStatus.Pending);
        copy.Rows.Text(row.Qr.Value);
        copy.Rows.Text(row.Area);
        return copy.FlushIfFullAsync(cancellationToken);
    }

    public ValueTask AddLinkedAsync(long ordinal, string qr, long grams, long parentIdOffset, string? area, CancellationToken cancellationToken)
    {
        Children++;
        Linked++;
        Begin(2 * ordinal);
        copy.Rows.Int64(firstId + parentIdOffset);
        copy.Rows.Time(import.Time);
        End(0, grams, 0, BagKind.Child, (short)BagStatus.Linked);
        copy.Rows.Text(qr);
        copy.Rows.Text(area);
        return copy.FlushIfFullAsync(cancellationToken);
    }

    public async ValueTask CompleteAsync(ParentTable parents, CancellationToken cancellationToken)
    {
        for (var index = 0; index < parents.Count; index++)
        {
            Add(parents, index);
            await copy.FlushIfFullAsync(cancellationToken).ConfigureAwait(false);
        }

        await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => copy.DisposeAsync();

    private void Add(ParentTable parents, int index)
    {
        ref var parent = ref parents[index];
        if (parent.IsKnown)
            Parents++;
        HasUnknownParents |= !parent.IsKnown;
        HasSurplus |= parent.Children > capacity;
        Begin(parent.IdOffset);
        copy.Rows.Null();
        copy.Rows.Null();
        // One with more children than it may hold is counted anew when the surplus is gone; the column holds any capacity and one more.
        var children = Math.Min(parent.Children, capacity + 1);
        var status = parent.IsKnown ? (short)BagRules.ParentStatus(children, capacity) : UnknownParent;
        End(parent.Grams, 0, (short)children, BagKind.Parent, status);
        copy.Rows.Text(parents.Code(index));
        copy.Rows.Text(parents.Areas[parent.Area]);
    }

    private void Begin(long idOffset)
    {
        var rows = copy.Rows;
        rows.Row(Columns);
        rows.Int64(firstId + idOffset);
        rows.Int64(version);
        rows.Int64(import.Key);
        rows.Time(import.Time);
        rows.Time(import.Time);
    }

    private void End(long contentGrams, long weightGrams, short children, BagKind kind, short status)
    {
        var rows = copy.Rows;
        rows.Int64(contentGrams);
        rows.Int32((int)weightGrams);
        rows.Int16(children);
        rows.Int16((short)kind);
        rows.Int16(status);
    }
}
