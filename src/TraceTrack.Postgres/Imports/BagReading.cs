using System.Globalization;
using TraceTrack.Bags;
using TraceTrack.Imports;

namespace TraceTrack.Postgres;

/// <summary>The first pass over the rows: each is checked by itself, children are sent on once their parent's row was seen, parents are kept until the end.</summary>
internal sealed class BagReading(ImportRules rules, BagCopy copy, RefusedRows refused, GivenCodes given, ImportWatch watch) : IAsyncDisposable
{
    private readonly WaitingChildren _waiting = new();

    public ParentTable Parents { get; } = new();

    /// <summary>The place of the last row.</summary>
    public long LastOrdinal => watch.Rows;

    public async ValueTask ReadAsync(IAsyncEnumerable<BagRow> rows, CancellationToken cancellationToken)
    {
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            // The source may not look at the token.
            cancellationToken.ThrowIfCancellationRequested();
            var sent = Add(watch.Next(), row, cancellationToken);
            // Nearly every row only goes into a buffer.
            if (!sent.IsCompletedSuccessfully)
                await sent.ConfigureAwait(false);
        }

        await SendWaitingAsync(cancellationToken).ConfigureAwait(false);
        await copy.CompleteAsync(Parents, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _waiting.DisposeAsync();

    /// <summary>By now every parent's area is known, or that it has none.</summary>
    private async ValueTask SendWaitingAsync(CancellationToken cancellationToken)
    {
        await foreach (var child in _waiting.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var sent = Send(child, cancellationToken);
            if (!sent.IsCompletedSuccessfully)
                await sent.ConfigureAwait(false);
        }
    }

    private ValueTask Send(in WaitingChild child, CancellationToken cancellationToken)
    {
        ref var parent = ref Parents[child.Parent];
        return copy.AddLinkedAsync(child.Ordinal, child.Qr, child.Grams, parent.IdOffset, Parents.Areas[parent.Area], cancellationToken);
    }

    private ValueTask Add(long ordinal, in BagRow row, CancellationToken cancellationToken)
    {
        if (rules.Check(row, out var good) is { } reason)
            return Refuse(ordinal, row, reason, null, cancellationToken);
        if (good.Kind == BagKind.Parent)
            return AddParent(ordinal, row, good, cancellationToken);
        // Normalising returns the same string when there was nothing to do, and a child's code is not kept.
        return ReferenceEquals(row.Qr, good.Qr.Value)
            ? SendChild(ordinal, good, cancellationToken)
            : KeepAndSendAsync(ordinal, row, good, cancellationToken);
    }

    private ValueTask Refuse(long ordinal, in BagRow row, RowReason reason, string? detail, CancellationToken cancellationToken)
    {
        watch.Reject();
        return refused.AddAsync(ImportRules.Refuse(ordinal, row, reason, detail), cancellationToken);
    }

    private ValueTask AddParent(long ordinal, in BagRow row, in CheckedRow good, CancellationToken cancellationToken)
    {
        ref var parent = ref Parents.GetOrAdd(good.Qr.Value, 2 * ordinal);
        if (parent.IsKnown)
        {
            var first = parent.Ordinal.ToString(CultureInfo.InvariantCulture);
            return Refuse(ordinal, row, RowReason.DuplicateInFile, first, cancellationToken);
        }

        parent.Ordinal = ordinal;
        parent.Area = Parents.AreaNumber(good.Area);
        return default;
    }

    private async ValueTask KeepAndSendAsync(long ordinal, BagRow row, CheckedRow good, CancellationToken cancellationToken)
    {
        await given.AddAsync(ordinal, ImportRules.Shown(row.Qr), cancellationToken).ConfigureAwait(false);
        await SendChild(ordinal, good, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask SendChild(long ordinal, in CheckedRow row, CancellationToken cancellationToken)
    {
        if (row.ParentQr is not { } parentQr)
            return copy.AddLooseAsync(ordinal, row, cancellationToken);
        ref var parent = ref Parents.GetOrAdd(parentQr.Value, (2 * ordinal) - 1);
        parent.Children++;
        parent.Grams += row.WeightGrams;
        // Sent at once it would lack the area, and to write that later is to write the row twice.
        return parent.IsKnown
            ? copy.AddLinkedAsync(ordinal, row.Qr.Value, row.WeightGrams, parent.IdOffset, Parents.Areas[parent.Area], cancellationToken)
            : _waiting.AddAsync(new(ordinal, row.Qr.Value, Parents.LastIndex, row.WeightGrams), cancellationToken);
    }
}
