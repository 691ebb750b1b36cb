using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Users;

namespace TraceTrack.Scans;

/// <summary>What cannot be reached through a store whose clock is its own.</summary>
public class ScanRulesTests
{
    private static readonly QrCode Child = QrCode.Parse("C01");
    private static readonly QrCode Parent = QrCode.Parse("SB1");
    private readonly TraceTrackOptions _options = new();
    private readonly RulesWarehouse _warehouse;

    public ScanRulesTests() => _warehouse = new(_options);

    [Fact]
    public void A_repeat_after_the_replay_window_is_rejected_as_expired()
    {
        var scan = RecordScan.Observe(ScanId.New(), Child);
        var first = _warehouse.Record(Actor.System, scan).Decisions[0].Scan;
        _warehouse.Now = first.RecordedAt + _options.ReplayWindow;
        Assert.True(_warehouse.Decide(Actor.System, scan).Decisions[0].IsReplay);
        _warehouse.Now += TimeSpan.FromMicroseconds(1);
        var expired = Assert.Single(_warehouse.Decide(Actor.System, scan).Decisions);
        Assert.Equal((false, false, ScanRejection.ReplayExpired), (expired.IsReplay, expired.KeepsReceipt, expired.Scan.Rejection));
    }

    [Fact]
    public void A_scan_as_old_as_the_replay_window_is_the_oldest_one_taken()
    {
        var at = _warehouse.Now - _options.ReplayWindow;
        var old = _warehouse.Decide(Actor.System, RecordScan.Observe(ScanId.New(), Child, at.AddTicks(-1)));
        Assert.Equal((ScanRejection.ReplayExpired, true), (old.Decisions[0].Scan.Rejection, old.Decisions[0].KeepsReceipt));
        Assert.Null(_warehouse.Decide(Actor.System, RecordScan.Observe(ScanId.New(), Child, at)).Decisions[0].Scan.Rejection);
    }

    [Fact]
    public void A_clock_that_stands_still_or_goes_back_still_gives_each_change_a_later_time()
    {
        var first = _warehouse.Record(Actor.System, RecordScan.Link(ScanId.New(), Child, Parent)).Decisions[0].Scan.RecordedAt;
        var second = _warehouse.Record(Actor.System, RecordScan.Unlink(ScanId.New(), Child)).Decisions[0].Scan.RecordedAt;
        Assert.Equal(first + RecordedTime.Step, second);
        _warehouse.Now = _warehouse.Now.AddDays(-1);
        var third = _warehouse.Record(Actor.System, RecordScan.Link(ScanId.New(), Child, Parent)).Decisions[0].Scan.RecordedAt;
        Assert.Equal(second + RecordedTime.Step, third);
    }

    [Fact]
    public void Times_are_cut_to_microseconds()
    {
        _warehouse.Now = _warehouse.Now.AddTicks(19);
        var scan = _warehouse.Record(Actor.System, RecordScan.Observe(ScanId.New(), Child, _warehouse.Now.AddHours(-1))).Decisions[0].Scan;
        Assert.Equal((0, 0), (scan.RecordedAt.UtcTicks % 10, scan.ScannedAt.UtcTicks % 10));
        Assert.Equal(0, _warehouse.Bags[Child].CreatedAt.UtcTicks % 10);
    }

    [Fact]
    public void A_rejected_scan_is_not_pinned_to_a_provisional_bag()
    {
        var changes = _warehouse.Decide(
            Actor.System, RecordScan.Unlink(ScanId.New(), Child), RecordScan.Link(ScanId.New(), Parent, Child), RecordScan.Observe(ScanId.New(), Parent));
        Assert.Equal([Child], changes.UnusedBags);
        Assert.Equal([Parent], changes.Bags.Select(bag => bag.Qr));
    }

    [Fact]
    public void A_child_that_comes_out_ends_its_stay()
    {
        _warehouse.Record(Actor.System, RecordScan.Link(ScanId.New(), Child, Parent));
        var child = _warehouse.Bags[Child];
        _warehouse.Bags[Child] = child with { ImportId = 77 };
        _warehouse.Now = _warehouse.Now.AddHours(1);
        var changes = _warehouse.Record(Actor.System, RecordScan.Unlink(ScanId.New(), Child));
        Assert.Equal([new(child.Id, child.ParentId!.Value, child.LinkedAt!.Value, _warehouse.Now, 77)], changes.EndedLinks);
        Assert.Null(_warehouse.Bags[Child].ImportId);
    }

    [Fact]
    public void A_claim_names_the_children_that_are_not_at_hand_by_their_parent()
    {
        _warehouse.Record(Actor.System, RecordScan.Link(ScanId.New(), Child, Parent), RecordScan.Link(ScanId.New(), QrCode.Parse("C02"), Parent));
        var changes = _warehouse.Decide(new("n", UserRole.Dispatcher, "NORTH"), RecordScan.Observe(ScanId.New(), Child));
        Assert.Equal([Child, Parent], changes.Bags.Select(bag => bag.Qr).Order());
        Assert.Equal([new(_warehouse.Bags[Parent].Id, "NORTH", changes.Decisions[0].Scan.RecordedAt)], changes.Claims);
    }

    [Fact]
    public void The_payload_is_told_by_action_codes_and_bill_but_not_by_id_or_time()
    {
        var bill = BillNumber.Parse("B1");
        var other = QrCode.Parse("SB2");
        RecordScan[] scans =
        [
            RecordScan.Observe(ScanId.New(), Child), RecordScan.Observe(ScanId.New(), Parent), RecordScan.Link(ScanId.New(), Child, Parent),
            RecordScan.Link(ScanId.New(), Child, other), RecordScan.Unlink(ScanId.New(), Child), RecordScan.Unlink(ScanId.New(), Child, Parent),
            RecordScan.Load(ScanId.New(), Parent, bill), RecordScan.Load(ScanId.New(), Parent, BillNumber.Parse("B2")),
            RecordScan.Unload(ScanId.New(), Parent), RecordScan.Unload(ScanId.New(), Parent, bill), RecordScan.Relink(ScanId.New(), Child, Parent),
            RecordScan.Undo(ScanId.New()),
        ];
        Assert.Equal(scans.Length, scans.Select(scan => scan.PayloadHash()).Distinct().Count());
        Assert.Equal(scans[0].PayloadHash(), RecordScan.Observe(ScanId.New(), Child, _warehouse.Now).PayloadHash());
        // Kept by stores for as long as the replay window, so the algorithm is part of the format.
        Assert.Equal(new Guid("5a950fe3-9834-be3a-50b5-b3e43441ea09"), scans[0].PayloadHash());
        Assert.Equal(scans[^1].PayloadHash(), RecordScan.Undo(ScanId.New(), _warehouse.Now).PayloadHash());
    }

    [Fact]
    public void Loose_parts_must_fit_the_action()
    {
        var bill = BillNumber.Parse("B1");
        Assert.Equal(ScanAction.Link, RecordScan.From(ScanId.New(), ScanAction.Link, Child, Parent, null, null).Action);
        Assert.Null(RecordScan.From(ScanId.New(), ScanAction.Unlink, Child, null, null, null).ParentQr);
        Assert.Null(RecordScan.From(ScanId.New(), ScanAction.Unload, Parent, null, null, null).BillNumber);
        Refused(ErrorCodes.InvalidScan, () => RecordScan.From(ScanId.New(), ScanAction.Link, Child, null, null, null));
        Refused(ErrorCodes.InvalidScan, () => RecordScan.From(ScanId.New(), ScanAction.Load, Parent, null, null, null));
        Refused(ErrorCodes.InvalidScan, () => RecordScan.From(ScanId.New(), ScanAction.Observe, Child, Parent, null, null));
        Refused(ErrorCodes.InvalidScan, () => RecordScan.From(ScanId.New(), ScanAction.Link, Child, Parent, bill, null));
        Refused(ErrorCodes.InvalidScan, () => RecordScan.From(ScanId.New(), ScanAction.Load, Parent, Parent, bill, null));
        Assert.Null(RecordScan.From(ScanId.New(), ScanAction.Undo, null, null, null, null).Qr);
        Refused(ErrorCodes.InvalidScan, () => RecordScan.From(ScanId.New(), ScanAction.Undo, Child, null, null, null));
        Refused(ErrorCodes.InvalidScan, () => RecordScan.From(ScanId.New(), ScanAction.Undo, null, Parent, null, null));
        Refused(ErrorCodes.InvalidScan, () => RecordScan.From(ScanId.New(), ScanAction.Undo, null, null, bill, null));
        Refused(ErrorCodes.InvalidScan, () => RecordScan.From(ScanId.New(), ScanAction.Observe, null, null, null, null));
        Refused(ErrorCodes.InvalidScan, () => RecordScan.From(ScanId.New(), ScanAction.Relink, Child, null, null, null));
        Refused(ErrorCodes.InvalidScan, () => RecordScan.From(ScanId.New(), ScanAction.Relink, Child, Parent, bill, null));
        Refused(ErrorCodes.InvalidScan, () => RecordScan.From(ScanId.New(), (ScanAction)8, Child, null, null, null));
        Refused(ErrorCodes.InvalidScanId, () => RecordScan.Observe(default, Child));
        Refused(ErrorCodes.InvalidQrCode, () => RecordScan.Observe(ScanId.New(), default));

        static void Refused(string code, Func<object> act) => Assert.Equal(code, Assert.Throws<InvalidInputException>(act).Code);
    }

    [Fact]
    public void The_end_of_the_window_is_the_last_moment_a_scan_can_be_undone()
    {
        var link = _warehouse.Record(Actor.System, RecordScan.Link(ScanId.New(), Child, Parent)).Decisions[0].Scan;
        _warehouse.Now = link.RecordedAt + _options.UndoWindow;
        Assert.Null(_warehouse.Decide(Actor.System, RecordScan.Undo(ScanId.New())).Decisions[0].Scan.Rejection);
        _warehouse.Now += RecordedTime.Step;
        var late = _warehouse.Decide(Actor.System, RecordScan.Undo(ScanId.New())).Decisions[0].Scan;
        Assert.Equal((ScanRejection.UndoWindowPassed, null, null), (late.Rejection, late.Qr, late.Undoes));
    }

    [Fact]
    public void An_undo_registers_no_bag_anew_that_was_deleted_meanwhile()
    {
        _warehouse.Record(Actor.System, RecordScan.Link(ScanId.New(), Child, Parent));
        _warehouse.Record(Actor.System, RecordScan.Unlink(ScanId.New(), Child));
        _warehouse.Bags.Remove(Parent);
        Unknown(Parent, RecordScan.Undo(ScanId.New()));
        Unknown(Parent, RecordScan.Undo(ScanId.New()), RecordScan.Observe(ScanId.New(), Parent));
        _warehouse.Bags.Remove(Child);
        Unknown(Child, RecordScan.Undo(ScanId.New()));

        void Unknown(QrCode qr, params RecordScan[] scans)
        {
            var scan = _warehouse.Decide(Actor.System, scans).Decisions[0].Scan;
            Assert.Equal((ScanRejection.UnknownBag, qr.Value), (scan.Rejection, scan.Fact));
        }
    }

    [Fact]
    public void An_undo_may_refill_a_bag_that_its_batch_registers_anew()
    {
        _warehouse.Record(Actor.System, RecordScan.Link(ScanId.New(), Child, Parent));
        _warehouse.Record(Actor.System, RecordScan.Unlink(ScanId.New(), Child));
        _warehouse.Bags.Remove(Parent);
        var changes = _warehouse.Record(
            Actor.System, RecordScan.Observe(ScanId.New(), Parent), RecordScan.Undo(ScanId.New()), RecordScan.Undo(ScanId.New()));
        Assert.All(changes.Decisions, decision => Assert.Null(decision.Scan.Rejection));
        Assert.Equal(Parent, _warehouse.Bags[Child].ParentQr);
    }

    [Fact]
    public void A_relinked_child_ends_one_stay_and_begins_the_next_at_one_moment()
    {
        _warehouse.Record(Actor.System, RecordScan.Link(ScanId.New(), Child, Parent));
        var before = _warehouse.Bags[Child];
        var changes = _warehouse.Record(Actor.System, RecordScan.Relink(ScanId.New(), Child, QrCode.Parse("SB2")));
        var link = Assert.Single(changes.EndedLinks);
        Assert.Equal((before.ParentId, before.LinkedAt, _warehouse.Bags[Child].LinkedAt), (link.ParentId, link.LinkedAt, link.UnlinkedAt));
    }

    [Fact]
    public void A_device_may_be_five_minutes_ahead_and_no_more()
    {
        var at = _warehouse.Now + RecordScan.MaxClockLead;
        RecordScan.Observe(ScanId.New(), Child, at).CheckTime(_warehouse.Now);
        RecordScan.Observe(ScanId.New(), Child).CheckTime(_warehouse.Now);
        var error = Assert.Throws<InvalidInputException>(() => RecordScan.Observe(ScanId.New(), Child, at.AddTicks(1)).CheckTime(_warehouse.Now));
        Assert.Equal(ErrorCodes.InvalidScan, error.Code);
    }

    [Fact]
    public void A_request_tells_the_store_whose_scans_to_undo_and_how_many()
    {
        var (one, two) = (ScanId.New(), ScanId.New());
        var request = new ScanRequest([RecordScan.Undo(one), RecordScan.Observe(ScanId.New(), Child), RecordScan.Undo(two)], _options, new(_options), Actor.System);
        Assert.Equal([one, two], request.Undos);
        Assert.Equal(("system", _options.ReplayWindow), (request.ActorId, request.ReplayWindow));
        Assert.Equal([(Child, BagKind.Child)], request.Bags);
    }

    [Fact]
    public void A_request_names_each_bag_and_bill_once_in_order()
    {
        var request = new ScanRequest(
            [
                RecordScan.Link(ScanId.New(), Child, Parent), RecordScan.Link(ScanId.New(), QrCode.Parse("C00"), Parent),
                RecordScan.Load(ScanId.New(), Parent, BillNumber.Parse("B2")), RecordScan.Load(ScanId.New(), Parent, BillNumber.Parse("B1")),
            ],
            _options,
            new(_options),
            Actor.System);
        Assert.Equal([(QrCode.Parse("C00"), BagKind.Child), (Child, BagKind.Child), (Parent, BagKind.Parent)], request.Bags);
        Assert.Equal(["B1", "B2"], request.Bills.Select(bill => bill.Value));
        Assert.Equal((false, true), (request.NeedsBillsOfBags, request.RegisterUnknownBags));
        Assert.True(new ScanRequest([RecordScan.Unload(ScanId.New(), Parent)], _options, new(_options), Actor.System).NeedsBillsOfBags);
    }
}
