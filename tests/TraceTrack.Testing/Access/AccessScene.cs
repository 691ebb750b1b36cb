using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Testing.Access;

/// <summary>One try of one operation: who tries it, and bags and bills made for it alone, of the area asked for.</summary>
public sealed class AccessScene(Warehouse warehouse, Func<string, Actor> actor, string? area, int number)
{
    public Warehouse Warehouse => warehouse;

    public ITracker System => warehouse.System;

    public Actor Actor { get; } = actor($"actor-{number}");

    public ITracker By => warehouse.Door.As(Actor);

    /// <summary>Who made what is asked for; an admin, whose area the bags take.</summary>
    public Actor Owner { get; } = new($"owner-{number}", UserRole.Admin, area);

    public QrCode Parent { get; } = QrCode.Parse($"SB{number:00000}0");

    public QrCode Other { get; } = QrCode.Parse($"SB{number:00000}1");

    public QrCode Child { get; } = QrCode.Parse($"C{number:00000}");

    public BillNumber Bill { get; } = BillNumber.Parse($"B{number:00000}");

    /// <summary>Two parents, and a child in the first if it is to be in it.</summary>
    public async Task BagsAsync(bool linked = true)
    {
        var owner = warehouse.Door.As(Owner);
        await Recorded(owner, RecordScan.Observe(ScanId.New(), Other), RecordScan.Observe(ScanId.New(), Parent), RecordScan.Observe(ScanId.New(), Child));
        if (linked)
            await Recorded(owner, RecordScan.Link(ScanId.New(), Child, Parent));
    }

    /// <summary>A bill of the owner's, with the parent on it if it is to be.</summary>
    public async Task BillAsync(bool loaded = true)
    {
        await BagsAsync();
        var owner = warehouse.Door.As(Owner);
        await owner.Bills.CreateAsync(new(Bill, 5));
        if (loaded)
            await Recorded(owner, RecordScan.Load(ScanId.New(), Parent, Bill));
    }

    public async Task CompletedBillAsync()
    {
        await BillAsync();
        await System.Bills.CompleteAsync(Bill);
    }

    /// <summary>A user of our own with the actor's role and area, and the actor that it is. The application is no user, so it stands for another's rights.</summary>
    public async Task<(User User, ITracker By)> SelfAsync()
    {
        var user = await UserAsync("self");
        return (user, ReferenceEquals(Actor, Actor.System) ? System : warehouse.Door.As(user.ToActor()));
    }

    public async Task<User> UserAsync(string name) => await System.Users.CreateAsync(new($"{name}-{number}", Actor.Role, Actor.Area, "hash"));

    private static async Task Recorded(ITracker by, params RecordScan[] scans) =>
        Assert.All(await by.Scans.RecordManyAsync(scans), result => Warehouse.Recorded(result));
}
