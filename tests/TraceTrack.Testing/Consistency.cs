using TraceTrack.Bags;
using TraceTrack.Bills;

namespace TraceTrack.Testing;

/// <summary>What must hold in every store at every moment, whatever was done to it.</summary>
public static class Consistency
{
    public static async Task AssertHoldsAsync(Warehouse warehouse)
    {
        ArgumentNullException.ThrowIfNull(warehouse);
        var bags = await warehouse.AllBagsAsync();
        var bills = await warehouse.AllBillsAsync();
        var codes = Warehouse.Codes(bags);
        Assert.Equal(codes.Order(StringComparer.Ordinal), codes);
        Assert.Equal(codes.Length, codes.Distinct().Count());

        var parents = bags.Where(bag => bag.Kind == BagKind.Parent).ToArray();
        var children = bags.Where(bag => bag.Kind == BagKind.Child).ToArray();
        var contents = children.Where(child => child.ParentQr is not null).ToLookup(child => child.ParentQr!.Value);
        foreach (var parent in parents)
            AssertParent(warehouse, parent, [.. contents[parent.Qr]]);
        foreach (var loose in children.Where(child => child.ParentQr is null))
            Assert.Equal((BagStatus.Pending, null, null, null), (loose.Status, loose.ParentId, loose.LinkedAt, loose.BillNumber));
        Assert.Equal(parents.Sum(parent => parent.ChildCount), contents.Sum(group => group.Count()));

        foreach (var bill in bills)
            AssertBill(warehouse, bill, [.. parents.Where(parent => parent.BillId == bill.Id)]);
        Assert.Equal(parents.Count(parent => parent.BillId is not null), bills.Sum(bill => bill.ParentCount));

        var totals = await warehouse.TotalsAsync();
        Assert.Equal(
            (bags.Count, parents.Length, children.Length, bills.Count), (totals.Bags, totals.Parents, totals.Children, totals.Bills));
        var recount = await warehouse.System.Totals.ReconcileAsync();
        Assert.True(recount.IsExact, $"kept {recount.Kept}, counted {recount.Counted}");
    }

    private static void AssertParent(Warehouse warehouse, Bag parent, Bag[] children)
    {
        Assert.Equal(children.Length, parent.ChildCount);
        Assert.InRange(parent.ChildCount, 0, warehouse.Options.ParentCapacity);
        Assert.Equal(children.Sum(child => child.WeightKg), parent.ContentWeightKg);
        Assert.Null(parent.ParentQr);
        if (parent.BillId is null)
            Assert.Equal(BagRules.ParentStatus(parent.ChildCount, warehouse.Options.ParentCapacity), parent.Status);
        foreach (var child in children)
        {
            var status = parent.BillId is null ? BagStatus.Linked : parent.Status;
            Assert.Equal((parent.Id, parent.Area, status, parent.BillNumber), (child.ParentId, child.Area, child.Status, child.BillNumber));
            Assert.NotNull(child.LinkedAt);
        }
    }

    private static void AssertBill(Warehouse warehouse, Bill bill, Bag[] parents)
    {
        Assert.Equal(parents.Length, bill.ParentCount);
        Assert.InRange(bill.ParentCount, 0, bill.Capacity);
        Assert.Equal(parents.Sum(parent => parent.ContentWeightKg), bill.ActualWeightKg);
        Assert.Equal(parents.Length * warehouse.Options.ParentCapacity * warehouse.Options.ChildWeightKg, bill.ExpectedWeightKg);
        Assert.Equal(bill.Status == BillStatus.New, parents.Length == 0);
        Assert.Equal(bill.Status == BillStatus.Completed, bill.CompletedAt is not null);
        foreach (var parent in parents)
        {
            Assert.Equal(bill.Number, parent.BillNumber);
            Assert.Equal(bill.Status == BillStatus.Completed ? BagStatus.Dispatched : BagStatus.Billed, parent.Status);
        }
    }
}
