using TraceTrack.Bags;
using TraceTrack.Users;

namespace TraceTrack.Scans;

/// <summary>
/// Rows of the log as an actor may see them. A row is of one area, and most that it names are of that area too, or were typed by a dispatcher of it.
/// Not so the parent that a child came from, which may have been brought over by somebody who sees both areas, nor what an Undo repeats, nor the parent
/// that a refused child was found in, which may have gone to another area since.
/// </summary>
internal sealed class ScanSight(AreaScope scope, IBagStore bags)
{
    /// <summary>Leaves out the codes of bags outside the scope, or deleted. One look-up for all rows, and none where no row is in doubt.</summary>
    public async ValueTask<IReadOnlyList<Scan>> ShowAsync(IReadOnlyList<Scan> scans, CancellationToken cancellationToken)
    {
        if (scope.IsAll)
            return scans;
        QrCode[] doubtful = [.. scans.SelectMany(Doubtful).Distinct()];
        if (doubtful.Length == 0)
            return scans;
        var found = await bags.FindManyAsync(doubtful, cancellationToken).ConfigureAwait(false);
        var visible = found.OfType<Bag>().Where(bag => scope.Allows(bag.Area)).Select(bag => bag.Qr).ToHashSet();
        return [.. scans.Select(scan => Show(scan, visible))];
    }

    private static IEnumerable<QrCode> Doubtful(Scan scan)
    {
        if (scan.FromParentQr is { } from)
            yield return from;
        if (scan is { Action: ScanAction.Undo, ParentQr: { } parent })
            yield return parent;
        if (scan is { Action: ScanAction.Undo, Outcome: ScanOutcome.Rejected, Qr: { } qr })
            yield return qr;
        if (scan is { Rejection: ScanRejection.LinkedElsewhere, Fact: { } elsewhere })
            yield return QrCode.FromStored(elsewhere);
    }

    private static Scan Show(Scan scan, HashSet<QrCode> visible)
    {
        var hidden = Doubtful(scan).Where(qr => !visible.Contains(qr)).ToArray();
        if (hidden.Length == 0)
            return scan;
        return scan with
        {
            Qr = Shown(scan.Qr),
            ParentQr = Shown(scan.ParentQr),
            FromParentQr = Shown(scan.FromParentQr),
            Fact = null,
        };

        QrCode? Shown(QrCode? code) => code is { } qr && hidden.Contains(qr) ? null : code;
    }
}
