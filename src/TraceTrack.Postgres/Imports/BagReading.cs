using System.Globalization;
using TraceTrack.Bags;
using TraceTrack.Imports;

namespace TraceTrack.Postgres;

/// <summary>The first pass over the rows: each is checked by itself, children are sent on, parents are kept until the end.</summary>
internal sealed class BagReading(ImportRules rules, BagCopy copy, RefusedRows refused, GivenCodes given, ImportWatch watch)
{
    public ParentTable Parents { get; } = new();

    /// <summary>Children were sent before the area of their parent was known.</summary>
    public bool HasLateAreas { get; private set; }

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

        await copy.CompleteAsync(Parents, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask Add(long ordinal, in BagRow row, CancellationToken cancellationToken)
    {
        if (rules.Check(row, out var good) is { } rejection)
            return refused.AddAsync(ImportRules.Refuse(ordinal, row, rejection), cancellationToken);
        if (good.Kind == BagKind.Parent)
            return AddParent(ordinal, row, good, cancellationToken);
        // Normalising returns the same string when there was nothing to do, and a child's code is not kept.
        return ReferenceEquals(row.Qr, good.Qr.Value)
            ? SendChild(ordinal, good, cancellationToken)
            : KeepAndSendAsync(ordinal, row, good, cancellationToken);
    }

    private ValueTask AddParent(long ordinal, in BagRow row, in CheckedRow good, CancellationToken cancellationToken)
    {
        ref var parent = ref Parents.GetOrAdd(good.Qr.Value, 2 * ordinal);
        if (parent.IsKnown)
        {
            var first = parent.Ordinal.ToString(CultureInfo.InvariantCulture);
            return refused.AddAsync(ImportRules.Refuse(ordinal, row, RowRejection.DuplicateInFile, first), cancellationToken);
        }

        parent.Ordinal = ordinal;
        parent.Area = Parents.AreaNumber(good.Area);
        HasLateAreas |= parent.Children > 0 && good.Area is not null;
        return default;
    }

    private async ValueTask KeepAndSendAsync(long ordinal, BagRow row, CheckedRow good, CancellationToken cancellationToken)
    {
        await given.AddAsync(ordinal, ImportRules.Refuse(ordinal, row, default).Qr, cancellationToken).ConfigureAwait(false);
        await SendChild(ordinal, good, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask SendChild(long ordinal, in CheckedRow row, CancellationToken cancellationToken)
    {
        if (row.ParentQr is not { } parentQr)
            return copy.AddLooseAsync(ordinal, row, cancellationToken);
        ref var parent = ref Parents.GetOrAdd(parentQr.Value, (2 * ordinal) - 1);
        parent.Children++;
        parent.Grams += row.WeightGrams;
        return copy.AddLinkedAsync(ordinal, row, parent.IdOffset, Parents.Areas[parent.Area], cancellationToken);
    }
}
