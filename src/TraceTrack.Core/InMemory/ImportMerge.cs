using TraceTrack.Bags;
using TraceTrack.Scans;
using TraceTrack.Totals;

namespace TraceTrack.InMemory;

/// <summary>Writes what an import decided: within the transaction that decided it.</summary>
internal sealed class ImportMerge(InMemoryState state, ImportDecision decision, long key, int capacity)
{
    private readonly DateTimeOffset _now = state.Now();
    private readonly long _version = state.NextVersion();
    private readonly List<Bag> _new = [];
    private readonly Dictionary<QrCode, Bag> _changed = [];

    public void Run()
    {
        var added = decision.Taken.Where(row => row.Known is null).ToArray();
        var id = state.NextId(added.Length);
        foreach (var (i, row) in added.Index())
        {
            if (row.Row.Kind == BagKind.Parent)
                row.Source!.Id = id + i;
        }

        foreach (var (i, row) in added.Index())
        {
            if (row.Row.Kind == BagKind.Child)
                AddChild(id + i, row);
        }

        foreach (var row in decision.Taken)
        {
            if (row is { Known: not null, Row.Kind: BagKind.Child })
                ChangeChild(row, row.Known);
        }

        foreach (var place in decision.Places)
        {
            if (place.Stored is null)
                AddParent(place);
            else if (place.IsChanged)
                ChangeParent(place, place.Stored);
        }

        ChangeBills();
        Store();
        state.ImportTimes.Add(key, _now);
    }

    private void AddChild(long id, in TakenRow row)
    {
        var bag = New(id, row.Row.Qr, BagKind.Child, row.Row.Area) with { WeightKg = Weight.FromGrams(row.Grams) };
        row.Target?.Enter(row.Grams);
        _new.Add(row.Target is { } parent
            ? bag with { Status = BagStatus.Linked, Area = parent.Area, ParentId = parent.Id, ParentQr = parent.Qr, LinkedAt = _now }
            : bag);
    }

    private void AddParent(ImportPlace place) => _new.Add(New(place.Id, place.Qr, BagKind.Parent, place.Area) with
    {
        Status = BagRules.ParentStatus(place.CountChange, capacity),
        ChildCount = place.CountChange,
        ContentWeightKg = Weight.FromGrams(place.GramsChange),
    });

    private void ChangeChild(in TakenRow row, Bag known)
    {
        var before = Weight.ToGrams(known.WeightKg);
        var at = Later(known.ChangedAt);
        var bag = known with { WeightKg = Weight.FromGrams(row.Grams), Area = row.Place is { } place ? place.Area : row.Row.Area ?? known.Area };
        if (row.Target is { } target)
        {
            target.Enter(row.Grams);
            row.Source?.Leave(before);
            if (row.Source is { } source)
                state.Links.Add(new(known.Id, source.Id, known.LinkedAt!.Value, at, known.ImportId));
            bag = bag with { Status = BagStatus.Linked, ParentId = target.Id, ParentQr = target.Qr, LinkedAt = at, ImportId = key };
        }
        else if (row.Source is { } stays)
        {
            stays.GramsChange += row.Grams - before;
        }

        if (bag != known)
            _changed.Add(bag.Qr, bag with { ChangedAt = at, Version = _version });
    }

    private void ChangeParent(ImportPlace place, Bag stored)
    {
        var children = stored.ChildCount + place.CountChange;
        _changed.Add(place.Qr, stored with
        {
            Area = place.Area,
            ChildCount = children,
            ContentWeightKg = Weight.FromGrams(Weight.ToGrams(stored.ContentWeightKg) + place.GramsChange),
            Status = stored.BillId is null ? BagRules.ParentStatus(children, capacity) : stored.Status,
            ChangedAt = Later(stored.ChangedAt),
            Version = _version,
        });
        if (place.Area != stored.Area)
        {
            foreach (var child in state.Bags.ChildrenOf(stored.Id).Where(child => !_changed.ContainsKey(child.Qr)))
                _changed.Add(child.Qr, child with { Area = place.Area, ChangedAt = Later(child.ChangedAt), Version = _version });
        }
    }

    private void ChangeBills()
    {
        foreach (var places in decision.Places.Where(place => place.Bill is not null).GroupBy(place => place.Bill!.Number))
        {
            var bill = places.First().Bill!;
            var grams = places.Sum(place => place.GramsChange);
            if (grams != 0)
            {
                state.Bills.Put(bill with
                {
                    ActualWeightKg = Weight.FromGrams(Weight.ToGrams(bill.ActualWeightKg) + grams),
                    ChangedAt = Later(bill.ChangedAt),
                    Version = _version,
                });
            }
        }
    }

    private void Store()
    {
        if (state.Bags.Count == 0)
            state.Bags = new(_new);
        else
            _new.ForEach(bag => state.Bags.Put(bag));
        foreach (var bag in _changed.Values)
            state.Bags.Put(bag);
        var parents = _new.Count(bag => bag.Kind == BagKind.Parent);
        state.Totals += new TraceTrackTotals { Bags = _new.Count, Parents = parents, Children = _new.Count - parents };
    }

    private Bag New(long id, QrCode qr, BagKind kind, string? area) => new()
    {
        Id = id,
        Qr = qr,
        Kind = kind,
        Area = area,
        WeightKg = Weight.FromGrams(0),
        ContentWeightKg = Weight.FromGrams(0),
        ImportId = key,
        CreatedAt = _now,
        ChangedAt = _now,
        Version = _version,
    };

    private DateTimeOffset Later(DateTimeOffset last)
    {
        var next = last + RecordedTime.Step;
        return next > _now ? next : _now;
    }
}
