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
}
