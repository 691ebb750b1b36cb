using System.Globalization;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Users;

namespace TraceTrack.Scans;

/// <summary>One batch being decided: replay first, then the actor, then the action's own rules (in ScanDecider.Actions.cs and .Undo.cs).</summary>
internal sealed partial class ScanDecider(ScanState state, Actor actor, TraceTrackOptions options)
{
    private readonly List<LinkInterval> _endedLinks = [];
    private readonly List<AreaClaim> _claims = [];
    // Through grams, so that it carries three places however the option was written.
    private readonly decimal _childWeightKg = Weight.FromGrams(Weight.ToGrams(options.ChildWeightKg));
    private readonly AreaScope _scope = AccessRules.ReadScope(actor);

    public IReadOnlyList<LinkInterval> EndedLinks => _endedLinks;

    public IReadOnlyList<AreaClaim> Claims => _claims;

    public ScanDecision Decide(RecordScan command)
    {
        var hash = command.PayloadHash();
        var oldest = state.Now - options.ReplayWindow;
        if (state.Receipt(command.Id) is { } receipt)
        {
            if (receipt.PayloadHash != hash || receipt.Scan.ActorId != actor.Id)
                return Log(command, hash, new(ScanRejection.ScanIdReused), keepsReceipt: false);
            return receipt.Scan.RecordedAt < oldest
                ? Log(command, hash, new(ScanRejection.ReplayExpired), keepsReceipt: false)
                : new(receipt.Scan, IsReplay: true, KeepsReceipt: false, hash);
        }

        // Its receipt may have been pruned: taking it could record one scan twice.
        return command.ScannedAt < oldest
            ? Log(command, hash, new(ScanRejection.ReplayExpired), keepsReceipt: true)
            : Log(command, hash, Apply(command), keepsReceipt: true);
    }

    private Verdict Apply(RecordScan command)
    {
        if (Deny(command.Action, command.Qr, command.ParentQr) is { } denied)
            return denied;
        if (command.Qr is not { } qr)
            return Undo();
        if (state.Bag(qr) is not { } bag)
            return new(ScanRejection.UnknownBag, qr.Value);
        return command.Action switch
        {
            ScanAction.Observe => Observe(bag),
            ScanAction.Link => Link(bag, command.ParentQr!.Value),
            ScanAction.Unlink => Unlink(bag, command.ParentQr),
            ScanAction.Relink => Relink(bag, command.ParentQr!.Value),
            ScanAction.Load => Load(bag, command.BillNumber!.Value),
            ScanAction.Unload => Unload(bag, command.BillNumber),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.Action, "The action is not known."),
        };
    }

    private Verdict? Deny(ScanAction action, params ReadOnlySpan<QrCode?> codes)
    {
        var touchesBill = action is ScanAction.Load or ScanAction.Unload;
        if (!AccessRules.MayScan(actor) || (touchesBill && !AccessRules.MayChangeBills(actor)))
            return new(ScanRejection.NotAllowed);
        foreach (var code in codes)
        {
            if (code is { } qr && IsOutOfArea(qr))
                return new(ScanRejection.OutOfArea);
        }

        return null;
    }

    /// <summary>A bag without an area is nobody's yet, so it is in reach of every scanner.</summary>
    private bool IsOutOfArea(QrCode qr) => state.Bag(qr)?.Area is { } area && !_scope.Allows(area);

    private ScanDecision Log(RecordScan command, Guid hash, Verdict verdict, bool keepsReceipt)
    {
        var recordedAt = verdict.RecordedAt ?? state.Advance();
        var taken = verdict.Rejection is null;
        // The row of an Undo repeats the codes of the scan it concerns, so that it stands among the bag's and the bill's own.
        var (undone, qr) = (verdict.Undone, command.Qr ?? verdict.Undone?.Qr);
        var scan = new Scan
        {
            ScanId = command.Id,
            Action = command.Action,
            Qr = qr,
            ParentQr = command.ParentQr ?? (undone is null ? verdict.ParentQr : undone.ParentQr),
            FromParentQr = undone is null ? verdict.FromParentQr : undone.FromParentQr,
            BillNumber = command.BillNumber ?? (undone is null ? verdict.BillNumber : undone.BillNumber),
            Undoes = undone?.ScanId,
            Outcome = taken ? ScanOutcome.Recorded : ScanOutcome.Rejected,
            Rejection = verdict.Rejection,
            Fact = verdict.Fact,
            ActorId = actor.Id,
            // Who sees every area may be refused for a fact of any; that is not to be read in the actor's own.
            Area = taken ? state.Bag(qr!.Value)!.Area : _scope.Area,
            ScannedAt = command.ScannedAt is { } scannedAt ? RecordedTime.Truncate(scannedAt) : recordedAt,
            RecordedAt = recordedAt,
        };
        if (keepsReceipt)
            state.Keep(new(hash, scan));
        return new(scan, IsReplay: false, keepsReceipt, hash);
    }

    private static string Of(int count, int capacity) => string.Create(CultureInfo.InvariantCulture, $"{count}/{capacity}");

    /// <summary>
    /// A refusal with its fact, or (without one) a scan taken at a time, with the parents or bill it turned out to concern; for an Undo
    /// the scan it concerns, either way.
    /// </summary>
    private readonly record struct Verdict(ScanRejection? Rejection, string? Fact = null)
    {
        public DateTimeOffset? RecordedAt { get; private init; }

        public QrCode? ParentQr { get; private init; }

        public QrCode? FromParentQr { get; private init; }

        public BillNumber? BillNumber { get; private init; }

        public Scan? Undone { get; init; }

        public static Verdict Taken(DateTimeOffset recordedAt, QrCode? parentQr = null, BillNumber? billNumber = null, QrCode? fromParentQr = null) =>
            new(null) { RecordedAt = recordedAt, ParentQr = parentQr, BillNumber = billNumber, FromParentQr = fromParentQr };
    }
}
