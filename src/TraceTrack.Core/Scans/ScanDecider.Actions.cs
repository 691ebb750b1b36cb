using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Users;

namespace TraceTrack.Scans;

internal sealed partial class ScanDecider
{
    private Verdict Observe(Bag bag)
    {
        var parent = bag.ParentQr is { } parentQr ? state.Bag(parentQr) : null;
        var at = state.Advance(bag.ChangedAt, parent?.ChangedAt);
        var root = parent ?? bag;
        var claimed = Claim(root, at);
        if (root.Version == 0 || !ReferenceEquals(claimed, root))
            state.Put(claimed);
        return Verdict.Taken(at);
    }

    private Verdict Link(Bag child, QrCode parentQr)
    {
        if (state.Bag(parentQr) is not { } parent)
            return new(ScanRejection.UnknownBag, parentQr.Value);
        if (child.Kind != BagKind.Child)
            return new(ScanRejection.NotAChild, child.Qr.Value);
        if (parent.Kind != BagKind.Parent)
            return new(ScanRejection.NotAParent, parent.Qr.Value);
        if (child.ParentId == parent.Id)
            return new(ScanRejection.AlreadyLinkedHere, parent.Qr.Value);
        if (child.ParentQr is { } current)
            return new(ScanRejection.LinkedElsewhere, Visible(current));
        if (parent.BillNumber is { } bill)
            return new(ScanRejection.ParentBilled, bill.Value);
        if (parent.ChildCount >= options.ParentCapacity)
            return new(ScanRejection.ParentFull, Of(parent.ChildCount, options.ParentCapacity));

        var at = state.Advance(child.ChangedAt, parent.ChangedAt);
        Enter(child, parent, at);
        return Verdict.Taken(at);
    }

    private Verdict Unlink(Bag child, QrCode? parentQr)
    {
        if (child.Kind != BagKind.Child)
            return new(ScanRejection.NotAChild, child.Qr.Value);
        if (child.ParentQr is not { } current)
            return new(ScanRejection.NotLinked);
        if (parentQr is { } named && named != current)
            return new(ScanRejection.LinkedElsewhere, Visible(current));
        var parent = state.Bag(current)!;
        if (parent.BillNumber is { } bill)
            return new(ScanRejection.ParentBilled, bill.Value);

        var at = state.Advance(child.ChangedAt, parent.ChangedAt);
        Leave(child, parent, at);
        return Verdict.Taken(at, parentQr: current);
    }

    /// <summary>Both parents must be open. One who undoes a Relink expects the child where that put it; every other takes it from where it is.</summary>
    private Verdict Relink(Bag child, QrCode parentQr, QrCode? expected = null)
    {
        if (state.Bag(parentQr) is not { } parent)
            return new(ScanRejection.UnknownBag, parentQr.Value);
        if (child.Kind != BagKind.Child)
            return new(ScanRejection.NotAChild, child.Qr.Value);
        if (parent.Kind != BagKind.Parent)
            return new(ScanRejection.NotAParent, parent.Qr.Value);
        if (child.ParentQr is not { } current)
            return new(ScanRejection.NotLinked);
        if (current == parent.Qr)
            return new(ScanRejection.AlreadyLinkedHere, parent.Qr.Value);
        if (expected is { } named && named != current)
            return new(ScanRejection.LinkedElsewhere, Visible(current));
        var from = state.Bag(current)!;
        if ((from.BillNumber ?? parent.BillNumber) is { } bill)
            return new(ScanRejection.ParentBilled, bill.Value);
        if (parent.ChildCount >= options.ParentCapacity)
            return new(ScanRejection.ParentFull, Of(parent.ChildCount, options.ParentCapacity));

        var at = state.Advance(child.ChangedAt, from.ChangedAt, parent.ChangedAt);
        Enter(Leave(child, from, at), parent, at);
        return Verdict.Taken(at, fromParentQr: current);
    }

    private void Enter(Bag child, Bag parent, DateTimeOffset at)
    {
        var weight = child.Version == 0 ? _childWeightKg : child.WeightKg;
        parent = Claim(parent, at);
        if (parent.Area is null && child.Area is { } area)
            parent = TakeArea(parent, area, at);
        var count = parent.ChildCount + 1;
        state.Put(parent with
        {
            ChildCount = count,
            ContentWeightKg = parent.ContentWeightKg + weight,
            Status = BagRules.ParentStatus(count, options.ParentCapacity),
            ChangedAt = at,
        });
        state.Put(Registered(child, at) with
        {
            Status = BagStatus.Linked,
            Area = parent.Area,
            ParentId = parent.Id,
            ParentQr = parent.Qr,
            LinkedAt = at,
            ImportId = null,
            ChangedAt = at,
        });
    }

    /// <summary>Takes a child out and keeps the stay that ended.</summary>
    /// <returns>The child, loose.</returns>
    private Bag Leave(Bag child, Bag parent, DateTimeOffset at)
    {
        parent = Claim(parent, at);
        var count = parent.ChildCount - 1;
        _endedLinks.Add(new(child.Id, parent.Id, child.LinkedAt!.Value, at, child.ImportId));
        state.Put(parent with
        {
            ChildCount = count,
            ContentWeightKg = parent.ContentWeightKg - child.WeightKg,
            Status = BagRules.ParentStatus(count, options.ParentCapacity),
            ChangedAt = at,
        });
        var loose = child with
        {
            Status = BagStatus.Pending,
            Area = parent.Area,
            ParentId = null,
            ParentQr = null,
            LinkedAt = null,
            ImportId = null,
            ChangedAt = at,
        };
        state.Put(loose);
        return loose;
    }

    private Verdict Load(Bag parent, BillNumber number)
    {
        if (parent.Kind != BagKind.Parent)
            return new(ScanRejection.NotAParent, parent.Qr.Value);
        if (state.Bill(number) is not { } bill)
            return new(ScanRejection.UnknownBill, number.Value);
        if (parent.BillNumber is { } current)
            return new(ScanRejection.AlreadyOnBill, current.Value);
        if (bill.Status == BillStatus.Completed)
            return new(ScanRejection.BillCompleted, bill.Number.Value);
        if (bill.ParentCount >= bill.Capacity)
            return new(ScanRejection.BillFull, Of(bill.ParentCount, bill.Capacity));

        var at = state.Advance(parent.ChangedAt, bill.ChangedAt);
        state.Put(bill with
        {
            Status = BillStatus.Processing,
            ParentCount = bill.ParentCount + 1,
            ActualWeightKg = bill.ActualWeightKg + parent.ContentWeightKg,
            ChangedAt = at,
        });
        state.Put(Registered(parent, at) with
        {
            Status = BagStatus.Billed,
            BillId = bill.Id,
            BillNumber = bill.Number,
            ChangedAt = at,
        });
        return Verdict.Taken(at);
    }

    private Verdict Unload(Bag parent, BillNumber? number)
    {
        if (parent.Kind != BagKind.Parent)
            return new(ScanRejection.NotAParent, parent.Qr.Value);
        if (number is { } named && state.Bill(named) is null)
            return new(ScanRejection.UnknownBill, named.Value);
        if (parent.BillNumber is not { } current || (number is not null && number != current))
            return new(ScanRejection.NotOnBill, number?.Value);
        var bill = state.Bill(current)!;
        if (bill.Status == BillStatus.Completed)
            return new(ScanRejection.BillCompleted, bill.Number.Value);

        var at = state.Advance(parent.ChangedAt, bill.ChangedAt);
        var count = bill.ParentCount - 1;
        state.Put(bill with
        {
            Status = count == 0 ? BillStatus.New : BillStatus.Processing,
            ParentCount = count,
            ActualWeightKg = bill.ActualWeightKg - parent.ContentWeightKg,
            ChangedAt = at,
        });
        state.Put(parent with
        {
            Status = BagRules.ParentStatus(parent.ChildCount, options.ParentCapacity),
            BillId = null,
            BillNumber = null,
            ChangedAt = at,
        });
        return Verdict.Taken(at, billNumber: current);
    }

    /// <summary>A new bag takes its first scanner's area; a known one without an area is claimed by a dispatcher, with its children.</summary>
    private Bag Claim(Bag root, DateTimeOffset at)
    {
        if (root.Version == 0)
            return Registered(root, at);
        return root.Area is null && actor is { Role: UserRole.Dispatcher, Area: { } area } ? TakeArea(root, area, at) : root;
    }

    private Bag TakeArea(Bag root, string area, DateTimeOffset at)
    {
        if (root.Kind == BagKind.Parent && root.ChildCount > 0)
        {
            foreach (var child in state.ChildrenAtHand(root.Id))
                state.Put(child with { Area = area, ChangedAt = at });
            _claims.Add(new(root.Id, area, at));
        }

        return root with { Area = area, ChangedAt = at };
    }

    /// <summary>Fills in what a bag of version 0 lacks; one that was registered earlier in this batch has its times already.</summary>
    private Bag Registered(Bag bag, DateTimeOffset at) => bag.Version > 0 || bag.CreatedAt != default
        ? bag
        : bag with
        {
            Area = actor.Area,
            WeightKg = bag.Kind == BagKind.Child ? _childWeightKg : Weight.FromGrams(0),
            ContentWeightKg = Weight.FromGrams(0),
            CreatedAt = at,
            ChangedAt = at,
        };

    private string? Visible(QrCode parent) => _scope.Allows(state.Bag(parent)?.Area) ? parent.Value : null;
}
