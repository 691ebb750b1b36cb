using CsCheck;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Users;

namespace TraceTrack.Scans;

/// <summary>What must hold after any batches by anyone, at a clock that goes, stands still or goes back.</summary>
public class ScanRulesPropertyTests
{
    private const int Iterations = 3_000;

    private static readonly Actor[] Actors =
    [
        Actor.System, new("biller", UserRole.Biller, "EAST"), new("north", UserRole.Dispatcher, "NORTH"), new("south", UserRole.Dispatcher, "SOUTH"),
        new("nowhere", UserRole.Dispatcher),
    ];

    private static readonly Gen<QrCode> AnyChild = Gen.Int[1, 6].Select(i => QrCode.Parse($"C0{i}"));
    private static readonly Gen<QrCode> AnyParent = Gen.Int[1, 3].Select(i => QrCode.Parse($"SB{i}"));
    private static readonly Gen<QrCode> AnyBag = Gen.OneOf(AnyChild, AnyParent);
    private static readonly Gen<BillNumber> AnyBill = Gen.Int[1, 4].Select(i => BillNumber.Parse($"B{i}"));

    private static readonly Gen<RecordScan> AnyScan = Gen.Select(Gen.Guid, Gen.OneOf(
        AnyBag.Select<QrCode, Func<ScanId, RecordScan>>(bag => id => RecordScan.Observe(id, bag)),
        Gen.Select<QrCode, QrCode, Func<ScanId, RecordScan>>(AnyChild, AnyParent, (child, parent) => id => RecordScan.Link(id, child, parent)),
        Gen.Select<QrCode, QrCode, Func<ScanId, RecordScan>>(AnyChild, AnyParent, (child, parent) => id => RecordScan.Link(id, child, parent)),
        Gen.Select<QrCode, QrCode, Func<ScanId, RecordScan>>(AnyBag, AnyBag, (child, parent) => id => RecordScan.Link(id, child, parent)),
        Gen.Select<QrCode, QrCode, bool, Func<ScanId, RecordScan>>(
            AnyBag, AnyParent, Gen.Bool, (child, parent, named) => id => RecordScan.Unlink(id, child, named ? parent : null)),
        Gen.Select<QrCode, QrCode, Func<ScanId, RecordScan>>(AnyChild, AnyParent, (child, parent) => id => RecordScan.Relink(id, child, parent)),
        Gen.Select<QrCode, QrCode, Func<ScanId, RecordScan>>(AnyBag, AnyBag, (child, parent) => id => RecordScan.Relink(id, child, parent)),
        Gen.Const<Func<ScanId, RecordScan>>(id => RecordScan.Undo(id)),
        Gen.Const<Func<ScanId, RecordScan>>(id => RecordScan.Undo(id)),
        Gen.Select<QrCode, BillNumber, Func<ScanId, RecordScan>>(AnyBag, AnyBill, (parent, bill) => id => RecordScan.Load(id, parent, bill)),
        Gen.Select<QrCode, BillNumber, bool, Func<ScanId, RecordScan>>(
            AnyBag, AnyBill, Gen.Bool, (parent, bill, named) => id => RecordScan.Unload(id, parent, named ? bill : null))))
        .Select((id, make) => make(new(id)));

    private static readonly Gen<(Actor Actor, RecordScan[] Scans, int Tick)[]> AnyWork =
        Gen.Select(Gen.Int[0, Actors.Length - 1].Select(i => Actors[i]), AnyScan.Array[1, 6], Gen.Int[-2, 3]).Array[1, 12];

    private readonly TraceTrackOptions _options = new() { ParentCapacity = 3, ChildWeightKg = 1.5m };

    [Fact]
    public void Counts_weights_areas_and_statuses_agree_after_any_work() => AnyWork.Sample(
        work =>
        {
            var warehouse = NewWarehouse();
            foreach (var (actor, scans, tick) in work)
            {
                warehouse.Now = warehouse.Now.AddMicroseconds(tick);
                warehouse.Record(actor, scans);
                AssertConsistent(warehouse);
            }
        },
        iter: Iterations);

    [Fact]
    public void Each_command_has_one_decision_that_names_it() => AnyWork.Sample(
        work =>
        {
            var warehouse = NewWarehouse();
            foreach (var (actor, scans, _) in work)
            {
                var changes = warehouse.Record(actor, scans);
                Assert.Equal(scans.Select(scan => (scan.Id, scan.Action)), changes.Decisions.Select(d => (d.Scan.ScanId, d.Scan.Action)));
                Assert.All(
                    scans.Zip(changes.Decisions),
                    pair => Assert.True(pair.First.Qr == pair.Second.Scan.Qr || pair.Second.Scan is { Action: ScanAction.Undo, Undoes: not null }));
                Assert.All(changes.Decisions, decision =>
                {
                    Assert.Equal(actor.Id, decision.Scan.ActorId);
                    Assert.Equal(decision.Scan.Rejection is null, decision.Scan.Outcome == ScanOutcome.Recorded);
                    if (decision.Scan.Rejection is ScanRejection.OutOfArea or ScanRejection.NotAllowed)
                        Assert.Null(decision.Scan.Fact);
                });
            }
        },
        iter: Iterations);

    [Fact]
    public void A_decision_is_pure() => AnyWork.Sample(
        work =>
        {
            var warehouse = NewWarehouse();
            foreach (var (actor, scans, _) in work)
            {
                var (one, two) = (warehouse.Decide(actor, scans), warehouse.Decide(actor, scans));
                Assert.Equal(one.Decisions, two.Decisions);
                Assert.Equal(one.Bags, two.Bags);
                Assert.Equal(one.Bills, two.Bills);
                Assert.Equal(one.EndedLinks, two.EndedLinks);
                Assert.Equal(one.Claims, two.Claims);
                warehouse.Record(actor, scans);
            }
        },
        iter: Iterations / 3);

    [Fact]
    public void A_batch_sent_again_is_replayed_as_a_whole_and_changes_nothing() => AnyWork.Sample(
        work =>
        {
            var warehouse = NewWarehouse();
            foreach (var (actor, scans, tick) in work)
            {
                var first = warehouse.Record(actor, scans);
                warehouse.Now = warehouse.Now.AddMicroseconds(tick);
                var again = warehouse.Decide(actor, scans);
                Assert.True(again.IsNothing);
                Assert.Equal(first.Decisions.Select(decision => decision.Scan), again.Decisions.Select(decision => decision.Scan));
                Assert.Equal((0, 0, 0, 0), (again.Bags.Count, again.Bills.Count, again.EndedLinks.Count, again.Claims.Count));
            }
        },
        iter: Iterations);

    [Fact]
    public void A_batch_comes_to_the_same_as_its_scans_one_by_one() => AnyWork.Sample(
        work =>
        {
            var (together, apart) = (NewWarehouse(), NewWarehouse());
            foreach (var (actor, scans, _) in work)
            {
                together.Record(actor, scans);
                foreach (var scan in scans)
                    apart.Record(actor, scan);
                Assert.Equal(apart.Shape(), together.Shape());
            }
        },
        iter: Iterations);

    [Fact]
    public void Repeats_within_a_batch_change_nothing_more() => AnyWork.Sample(
        work =>
        {
            var (once, twice) = (NewWarehouse(), NewWarehouse());
            foreach (var (actor, scans, _) in work)
            {
                once.Record(actor, scans);
                var changes = twice.Record(actor, [.. scans, .. scans]);
                Assert.Equal(scans.Length, changes.Decisions.Count(decision => decision.IsReplay));
                Assert.Equal(once.Shape(), twice.Shape());
            }
        },
        iter: Iterations);

    [Fact]
    public void What_changes_is_later_than_it_was_and_what_is_refused_changes_nothing() => AnyWork.Sample(
        work =>
        {
            var warehouse = NewWarehouse();
            foreach (var (actor, scans, tick) in work)
            {
                warehouse.Now = warehouse.Now.AddMicroseconds(tick);
                var (bags, bills) = (warehouse.Bags.ToDictionary(), warehouse.Bills.ToDictionary());
                var changes = warehouse.Record(actor, scans);
                foreach (var bag in changes.Bags)
                {
                    Assert.True(!bags.TryGetValue(bag.Qr, out var old) || bag.ChangedAt > old.ChangedAt);
                    Assert.True(warehouse.Bags[bag.Qr].Version > (old?.Version ?? 0));
                    Assert.Contains(changes.Decisions, decision => decision.Scan.Outcome == ScanOutcome.Recorded && decision.Scan.RecordedAt == bag.ChangedAt);
                }

                Assert.All(changes.Bills, bill => Assert.True(bill.ChangedAt > bills[bill.Number].ChangedAt));
                Assert.All(changes.EndedLinks, link => Assert.True(link.UnlinkedAt > link.LinkedAt));
                if (changes.Decisions.All(decision => decision.Scan.Outcome == ScanOutcome.Rejected))
                    Assert.Equal((0, 0, 0, 0), (changes.Bags.Count, changes.Bills.Count, changes.EndedLinks.Count, changes.Claims.Count));
                Assert.Equal(changes.Decisions.Select(decision => decision.Scan.RecordedAt).Order(), changes.Decisions.Select(decision => decision.Scan.RecordedAt));
            }
        },
        iter: Iterations);

    [Fact]
    public void A_new_bag_is_either_kept_or_unused() => AnyWork.Sample(
        work =>
        {
            var warehouse = NewWarehouse();
            foreach (var (actor, scans, _) in work)
            {
                var unknown = scans.SelectMany(scan => new[] { scan.Qr, scan.ParentQr }).OfType<QrCode>().Where(qr => !warehouse.Bags.ContainsKey(qr)).Distinct();
                var expected = unknown.Order().ToArray();
                var changes = warehouse.Record(actor, scans);
                Assert.Equal(expected, changes.UnusedBags.Concat(changes.Bags.Where(bag => bag.Version == 0).Select(bag => bag.Qr)).Order());
                Assert.Equal(changes.Bags.OrderBy(bag => bag.Id), changes.Bags);
            }
        },
        iter: Iterations);

    [Fact]
    public void Every_finished_stay_is_kept_once_and_stays_do_not_overlap() => AnyWork.Sample(
        work =>
        {
            var warehouse = NewWarehouse();
            foreach (var (actor, scans, tick) in work)
            {
                warehouse.Now = warehouse.Now.AddMicroseconds(tick);
                warehouse.Record(actor, scans);
            }

            var byId = warehouse.Log.Where(scan => scan.Outcome == ScanOutcome.Recorded).ToDictionary(scan => scan.ScanId);
            var left = byId.Values.Count(scan => scan.Action is ScanAction.Unlink or ScanAction.Relink
                || (scan.Undoes is { } undone && byId[undone].Action is ScanAction.Link or ScanAction.Relink));
            Assert.Equal(left, warehouse.Links.Count);
            foreach (var stays in warehouse.Links.GroupBy(link => link.ChildId))
            {
                var ordered = stays.OrderBy(link => link.LinkedAt).ToArray();
                for (var i = 1; i < ordered.Length; i++)
                    Assert.True(ordered[i].LinkedAt >= ordered[i - 1].UnlinkedAt && ordered[i].LinkedAt > ordered[i - 1].LinkedAt);
                var child = warehouse.Bags.Values.Single(bag => bag.Id == stays.Key);
                Assert.True(child.LinkedAt is null || child.LinkedAt >= ordered[^1].UnlinkedAt);
            }
        },
        iter: Iterations);

    [Fact]
    public void An_undo_takes_back_the_actors_latest_scan_that_stands_or_says_why_not() => AnyWork.Sample(
        work =>
        {
            var warehouse = NewWarehouse();
            foreach (var (actor, scans, tick) in work)
            {
                warehouse.Now = warehouse.Now.AddMicroseconds(tick);
                foreach (var scan in scans)
                {
                    var latest = warehouse.Undoable(actor).FirstOrDefault();
                    var decided = Assert.Single(warehouse.Record(actor, scan).Decisions).Scan;
                    if (scan.Action != ScanAction.Undo)
                    {
                        Assert.Null(decided.Undoes);
                        continue;
                    }

                    Assert.Equal(decided.Rejection is ScanRejection.NotAllowed && actor is { Role: UserRole.Dispatcher, Area: null } ? null : latest?.ScanId, decided.Undoes);
                    Assert.Equal((latest?.Qr, latest?.ParentQr, latest?.BillNumber), (decided.Qr, decided.ParentQr, decided.BillNumber));
                    Assert.Equal(decided.Outcome == ScanOutcome.Recorded, latest is not null && warehouse.IsUndone(latest.ScanId));
                }
            }
        },
        iter: Iterations);

    [Fact]
    public void A_scan_undone_at_once_leaves_every_bag_and_bill_as_it_was() => AnyWork.Sample(
        work =>
        {
            var warehouse = NewWarehouse();
            foreach (var (actor, scans, _) in work)
            {
                foreach (var scan in scans.Where(scan => scan.Action != ScanAction.Undo))
                {
                    var before = warehouse.State();
                    if (warehouse.Record(actor, scan).Decisions[0].Scan.Outcome == ScanOutcome.Rejected)
                        continue;
                    var after = warehouse.State();
                    Assert.Null(warehouse.Record(actor, RecordScan.Undo(ScanId.New())).Decisions[0].Scan.Rejection);
                    // New bags stay registered, empty; the areas that were claimed stay claimed.
                    Assert.Equal(before, warehouse.State().Where(line => before.ContainsKey(line.Key)));
                    Assert.Equal(after.Keys, warehouse.State().Keys);
                    Assert.All(warehouse.State().Where(line => !before.ContainsKey(line.Key)), line => Assert.Equal(RulesWarehouse.Empty, line.Value));
                    // And done again, so that the next ones find a full house too.
                    warehouse.Record(actor, scan.Action switch
                    {
                        ScanAction.Link or ScanAction.Relink => RecordScan.From(ScanId.New(), scan.Action, scan.Qr, scan.ParentQr, null, null),
                        ScanAction.Load => RecordScan.Load(ScanId.New(), scan.Qr!.Value, scan.BillNumber!.Value),
                        _ => RecordScan.Observe(ScanId.New(), scan.Qr!.Value),
                    });
                }
            }
        },
        iter: Iterations / 3);

    private RulesWarehouse NewWarehouse()
    {
        var warehouse = new RulesWarehouse(_options);
        warehouse.AddBill("B1", 1);
        warehouse.AddBill("B2", 2);
        warehouse.AddBill("B3", 5, BillStatus.Completed);
        return warehouse;
    }

    private void AssertConsistent(RulesWarehouse warehouse)
    {
        foreach (var parent in warehouse.Bags.Values.Where(bag => bag.Kind == BagKind.Parent))
        {
            var children = warehouse.Bags.Values.Where(bag => bag.ParentId == parent.Id).ToArray();
            Assert.Equal((children.Length, children.Sum(child => child.WeightKg)), (parent.ChildCount, parent.ContentWeightKg));
            Assert.InRange(parent.ChildCount, 0, _options.ParentCapacity);
            Assert.All(children, child => Assert.Equal((BagStatus.Linked, parent.Qr, parent.Area), (child.Status, child.ParentQr, child.Area)));
            Assert.Equal(parent.BillId is null ? BagRules.ParentStatus(children.Length, 3) : BagStatus.Billed, parent.Status);
        }

        foreach (var loose in warehouse.Bags.Values.Where(bag => bag is { Kind: BagKind.Child, ParentId: null }))
            Assert.Equal((BagStatus.Pending, null, null), (loose.Status, loose.ParentQr, loose.LinkedAt));
        foreach (var bill in warehouse.Bills.Values)
        {
            var parents = warehouse.Bags.Values.Where(bag => bag.BillId == bill.Id).ToArray();
            Assert.Equal((parents.Length, parents.Sum(parent => parent.ContentWeightKg)), (bill.ParentCount, bill.ActualWeightKg));
            Assert.InRange(bill.ParentCount, 0, bill.Capacity);
            Assert.Equal(bill.Number.Value == "B3" ? BillStatus.Completed : parents.Length == 0 ? BillStatus.New : BillStatus.Processing, bill.Status);
        }
    }
}
