using TraceTrack.Bags;

namespace TraceTrack.Scans;

internal sealed partial class ScanDecider
{
    /// <summary>
    /// Takes back the actor's latest scan by the opposite action, under that action's own rules: what happened since is refused for the
    /// reason a scanner would be given, and the scan can be undone once that is out of the way.
    /// </summary>
    private Verdict Undo()
    {
        if (state.Undoable is not { } scan)
            return new(ScanRejection.NothingToUndo);
        if (scan.RecordedAt < state.Now - options.UndoWindow)
            return new(ScanRejection.UndoWindowPassed);
        state.Advance(scan.RecordedAt);
        return Reverse(scan) with { Undone = scan };
    }

    private Verdict Reverse(Scan scan)
    {
        if (Deny(scan.Action, scan.Qr, scan.ParentQr, scan.FromParentQr) is { } denied)
            return denied;
        var destination = scan.Action switch
        {
            ScanAction.Unlink => scan.ParentQr,
            ScanAction.Relink => scan.FromParentQr,
            _ => null,
        };
        // Deleted meanwhile: undoing registers nothing anew.
        if (Known(scan.Qr!.Value) is not { } bag)
            return new(ScanRejection.UnknownBag, scan.Qr.Value.Value);
        if (destination is { } parent && Known(parent) is null)
            return new(ScanRejection.UnknownBag, parent.Value);
        return scan.Action switch
        {
            ScanAction.Observe => Verdict.Taken(state.Advance(bag.ChangedAt)),
            ScanAction.Link => Unlink(bag, scan.ParentQr),
            ScanAction.Unlink => Link(bag, destination!.Value),
            ScanAction.Relink => Relink(bag, destination!.Value, expected: scan.ParentQr),
            ScanAction.Load => Unload(bag, scan.BillNumber),
            ScanAction.Unload => Load(bag, scan.BillNumber!.Value),
            _ => throw new ArgumentOutOfRangeException(nameof(scan), scan.Action, "The action cannot be undone."),
        };
    }

    /// <summary>A bag that is stored, or that a scan before this one registers.</summary>
    private Bag? Known(QrCode qr) => state.Bag(qr) is { } bag && (bag.Version > 0 || bag.CreatedAt != default) ? bag : null;
}
