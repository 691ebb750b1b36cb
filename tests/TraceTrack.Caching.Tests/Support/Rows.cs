using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Users;

namespace TraceTrack.Caching;

internal static class Rows
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static Bag Bag(string qr, long version) => new()
    {
        Id = 7,
        Qr = QrCode.Parse(qr),
        Kind = BagKind.Child,
        WeightKg = 1.000m,
        CreatedAt = Noon,
        ChangedAt = Noon,
        Version = version,
    };

    public static Bag FullBag => new()
    {
        Id = long.MaxValue,
        Qr = QrCode.Parse("CB-1/E"),
        Kind = BagKind.Child,
        Status = BagStatus.Linked,
        Area = "NÖRTH",
        WeightKg = 1.250m,
        ChildCount = 30,
        ContentWeightKg = 29.999m,
        ParentId = 8,
        ParentQr = QrCode.Parse("SB1"),
        LinkedAt = Noon.AddTicks(10),
        BillId = 9,
        BillNumber = BillNumber.Parse("B-9"),
        ImportId = 10,
        CreatedAt = Noon,
        ChangedAt = Noon.AddDays(1),
        Version = 123_456_789_012,
    };

    public static Bill FullBill => new()
    {
        Id = 3,
        Number = BillNumber.Parse("B-3"),
        Status = BillStatus.Completed,
        Capacity = 500,
        ParentCount = 2,
        ActualWeightKg = 61.125m,
        CreatedBy = "ada",
        CreatedAt = Noon,
        ChangedAt = Noon.AddHours(1),
        CompletedAt = Noon.AddHours(1),
        Version = 77,
    };

    public static LoginSession Session => new(
        new string('a', 64), new User { Id = "1", Name = "ada", Role = UserRole.Dispatcher, Area = "NORTH", CreatedAt = Noon }, Noon, Noon.AddHours(1));
}
