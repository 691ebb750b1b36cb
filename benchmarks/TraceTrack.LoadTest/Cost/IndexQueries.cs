using Npgsql;
using TraceTrack.Bags;
using TraceTrack.DemoData;
using TraceTrack.Postgres;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.LoadTest.Cost;

/// <summary>A statement of the library, and the index that is there for it.</summary>
internal sealed record IndexQuery(string What, string Index, string Sql, Func<NpgsqlParameter[]> Parameters);

/// <summary>What users wait for: look-up, search and the lists, each with the index that serves it.</summary>
internal static class IndexQueries
{
    private const long Page = 51;

    public static IReadOnlyList<IndexQuery> Of(DemoWarehouse warehouse, string scanner, string scanned, string creator)
    {
        var child = DemoWarehouse.Child(warehouse.Children / 2).Value;
        var parent = DemoWarehouse.Parent(warehouse.FullParents / 2).Value;
        var many = Enumerable.Range(0, 100).Select(i => DemoWarehouse.Child(i * (warehouse.Children / 100)).Value).ToArray();
        // Its last two characters left out, as somebody types it; and digits that few codes have inside.
        var begin = child[..^2];
        var inside = child[^6..];
        var bill = warehouse.Bill(warehouse.BillCount / 4).Number.Value;
        return
        [
            new("look-up", "bag_qr_key", BagSql.Find, () => [Parameter(child)]),
            new("look-up of 100", "bag_qr_key", BagSql.FindMany, () => [Parameter(many)]),
            new("search, beginning", "bag_qr_key", BagSql.SearchPrefix, () => [Parameter(begin), Parameter(begin + '\u007f'), Parameter(20L), Parameter<string?>(null)]),
            new("search, inside", "bag_qr_trgm_idx", BagSql.SearchInside,
                () => [Parameter(inside), Parameter(inside + '\u007f'), Parameter(20L), Parameter<string?>(null), Parameter($"%{inside}%")]),
            new("parents", "bag_kind_parent_idx", BagSql.List(BagListParts.Parents), () => [Parameter(Page)]),
            new("bags by status", "bag_status_other_idx", BagSql.List(BagListParts.OwnStatus), () => [Parameter((short)BagStatus.Completed), Parameter(Page)]),
            new("bags of an area", "bag_area_idx", BagSql.List(BagListParts.Area | BagListParts.From), () => [Parameter(DemoWarehouse.Area(3)), Parameter(child), Parameter(Page)]),
            new("contents of a parent", "bag_parent_idx", BagSql.ChildrenOf, () => [Parameter(new[] { parent })]),
            new("bill", "bill_number_key", BillSql.Find, () => [Parameter(bill)]),
            new("parents on a bill", "bill_bag_bill_idx", BagSql.OnBills, () => [Parameter(new[] { bill })]),
            new("bills of a creator", "bill_creator_idx", BillSql.List(BillListParts.CreatedBy), () => [Parameter(creator), Parameter(Page)]),
            new("scans of a user", "scan_actor_idx", ScanListSql.List(ScanListParts.ActorId), () => [Parameter(scanner), Parameter(Page)]),
            new("scans of a bag", "scan_qr_idx", ScanListSql.List(ScanListParts.Qr), () => [Parameter(scanned), Parameter(Page)]),
        ];
    }
}
