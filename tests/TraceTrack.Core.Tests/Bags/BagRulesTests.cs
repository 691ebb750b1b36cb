namespace TraceTrack.Bags;

public class BagRulesTests
{
    [Theory]
    [InlineData("SB1", BagKind.Parent)]
    [InlineData("SB00000000000000000001", BagKind.Parent)]
    [InlineData("SB1A", BagKind.Child)]
    [InlineData("XSB1", BagKind.Child)]
    [InlineData("SB-1", BagKind.Child)]
    [InlineData("SBX", BagKind.Child)]
    [InlineData("CHILD1", BagKind.Child)]
    public void A_parents_code_is_SB_and_digits(string qr, BagKind kind)
    {
        var code = QrCode.Parse(qr);
        Assert.Equal(kind, new BagKindRule(new()).KindOf(code));
        // The default is matched by hand; the same pattern as a regular expression must say the same.
        Assert.Equal(kind, new BagKindRule(new() { ParentQrPattern = "^(?:SB[0-9]+)$" }).KindOf(code));
    }

    [Fact]
    public void A_warehouse_may_have_a_pattern_of_its_own()
    {
        var rule = new BagKindRule(new() { ParentQrPattern = "^PALLET" });
        Assert.Equal((BagKind.Parent, BagKind.Child), (rule.KindOf(QrCode.Parse("pallet/7")), rule.KindOf(QrCode.Parse("SB1"))));
    }

    [Theory]
    [InlineData(0, BagStatus.Pending)]
    [InlineData(29, BagStatus.Pending)]
    [InlineData(30, BagStatus.Completed)]
    [InlineData(31, BagStatus.Completed)]
    public void A_parent_is_completed_when_it_is_full(int children, BagStatus status) => Assert.Equal(status, BagRules.ParentStatus(children, 30));

    [Fact]
    public void A_bag_is_composed_with_its_own_parent_only()
    {
        var parent = new Bag { Id = 1, Qr = QrCode.Parse("SB1"), Kind = BagKind.Parent, Status = BagStatus.Billed, BillId = 7, BillNumber = Bills.BillNumber.Parse("B1") };
        var child = new Bag { Id = 2, Qr = QrCode.Parse("C01"), Kind = BagKind.Child, Status = BagStatus.Linked, ParentId = 1, ParentQr = parent.Qr };
        Assert.Equal(child with { Status = BagStatus.Billed, BillId = 7, BillNumber = parent.BillNumber }, BagRules.Compose(child, parent));
        Assert.Same(child, BagRules.Compose(child, parent with { Id = 3 }));
        Assert.Same(child, BagRules.Compose(child, null));
        Assert.Same(child, BagRules.Compose(child, parent with { BillId = null, BillNumber = null, Status = BagStatus.Completed }));
    }

    [Fact]
    public void A_bag_that_holds_or_is_held_is_not_deleted_and_the_first_reason_is_told()
    {
        var parent = new Bag { Id = 1, Qr = QrCode.Parse("SB1"), Kind = BagKind.Parent, ChildCount = 2, BillId = 7, BillNumber = Bills.BillNumber.Parse("B1") };
        var loaded = parent with { Id = 2, Qr = QrCode.Parse("SB2"), ChildCount = 0 };
        var child = new Bag { Id = 3, Qr = QrCode.Parse("C01"), Kind = BagKind.Child, ParentId = 1, ParentQr = parent.Qr };
        var loose = new Bag { Id = 4, Qr = QrCode.Parse("C02"), Kind = BagKind.Child };
        QrCode[] asked = [loose.Qr, child.Qr, parent.Qr, loaded.Qr, QrCode.Parse("C09"), loose.Qr];
        var deletion = BagRules.Delete(asked, [parent, loaded, child, loose]);
        Assert.Equal([loose], deletion.Bags);
        Assert.Equal(
            [
                new(loose.Qr), new(child.Qr, DeleteRejection.InParent, "SB1"), new(parent.Qr, DeleteRejection.HasChildren, "2"),
                new(loaded.Qr, DeleteRejection.OnBill, "B1"), new(QrCode.Parse("C09"), DeleteRejection.UnknownBag), new(loose.Qr, DeleteRejection.UnknownBag),
            ],
            deletion.Results);
        Assert.Equal(DeleteOutcome.Deleted, deletion.Results[0].Outcome);
        Assert.All(deletion.Results.Skip(1), result => Assert.Equal(DeleteOutcome.Refused, result.Outcome));
    }
}
