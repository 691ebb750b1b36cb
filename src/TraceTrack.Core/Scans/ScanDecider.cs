using System.Globalization;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Users;

namespace TraceTrack.Scans;

/// <summary>One batch being decided: replay first, then the actor, then the action's own rules (in ScanDecider.Actions.cs).</summary>
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
        var touchesBill = command.Action is ScanAction.Load or ScanAction.Unload;
        if (!AccessRules.MayScan(actor) || (touchesBill && !AccessRules.MayChangeBills(actor)))
            return new(ScanRejection.NotAllowed);
        if (IsOutOfArea(command.Qr) || (command.ParentQr is { } parentQr && IsOutOfArea(parentQr)))
            return new(ScanRejection.OutOfArea);
        if (state.Bag(command.Qr) is not { } bag)
            return new(ScanRejection.UnknownBag, command.Qr.Value);
        return command.Action switch
        {
            ScanAction.Observe => Observe(bag),
            ScanAction.Link => Link(bag, command.ParentQr!.Value),
            ScanAction.Unlink => Unlink(bag, command.ParentQr),
            ScanAction.Load => Load(bag, command.BillNumber!.Value),
            ScanAction.Unload => Unload(bag, command.BillNumber),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.Action, "The action is not known."),
        };
    }

    /// <summary>A bag without an area is nobody's yet, so it is in reach of every scanner.</summary>
    private bool IsOutOfArea(QrCode qr) => state.Bag(qr)?.Area is { } area && !_scope.Allows(area);

    private ScanDecision Log(RecordScan command, Guid hash, Verdict verdict, bool keepsReceipt)
    {
        var recordedAt = verdict.RecordedAt ?? state.Advance();
        var taken = verdict.Rejection is null;
        var scan = new Scan
        {
            ScanId = command.Id,
            Action = command.Action,
            Qr = command.Qr,
            ParentQr = command.ParentQr ?? verdict.ParentQr,
            BillNumber = command.BillNumber ?? verdict.BillNumber,
            Outcome = taken ? ScanOutcome.Recorded : ScanOutcome.Rejected,
            Rejection = verdict.Rejection,
            Fact = verdict.Fact,
            ActorId = actor.Id,
            Area = taken ? state.Bag(command.Qr)!.Area : actor.Area,
            ScannedAt = command.ScannedAt is { } scannedAt ? RecordedTime.Truncate(scannedAt) : recordedAt,
            RecordedAt = recordedAt,
        };
        if (keepsReceipt)
            state.Keep(new(hash, scan));
        return new(scan, IsReplay: false, keepsReceipt, hash);
    }

    private static string Of(int count, int capacity) => string.Create(CultureInfo.InvariantCulture, $"{count}/{capacity}");

    /// <summary>A refusal with its fact, or (without one) a scan taken at a time, with the parent or bill it turned out to concern.</summary>
    private readonly record struct Verdict(ScanRejection? Rejection, string? Fact = null)
    {
        public DateTimeOffset? RecordedAt { get; private init; }

        public QrCode? ParentQr { get; private init; }

        public BillNumber? BillNumber { get; private init; }

        public static Verdict Taken(DateTimeOffset recordedAt, QrCode? parentQr = null, BillNumber? billNumber = null) =>
            new(null) { RecordedAt = recordedAt, ParentQr = parentQr, BillNumber = billNumber };
    }
}
