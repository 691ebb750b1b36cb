using TraceTrack.DemoData;

namespace TraceTrack.LoadTest.Host;

/// <summary>What all users of a run share: the server, the warehouse, and what was scanned lately.</summary>
internal sealed class Crowd(Target target, DemoWarehouse warehouse, string password) : IDisposable
{
    private const int RecentBillCount = 200;
    private const int UsersOfBiller = 10;

    private readonly Workplace[] _places = [.. Enumerable.Range(0, DemoWarehouse.Areas).Select(area => new Workplace(area, warehouse))];
    private readonly List<BenchUser> _users = [];
    private readonly List<string> _billersTokens = [];
    private readonly Zipf _zipf = new(warehouse.BillCount);

    public Target Target { get; } = target;

    public string Password { get; } = password;

    /// <summary>Of two changes one makes a bill.</summary>
    public RecentList<string> RecentBills { get; } = new(Mix.AnHour(Operation.BillChange) / 2);

    public int Bags => warehouse.Bags;

    public IReadOnlyList<BenchUser> Users => _users;

    public IReadOnlyList<Workplace> Places => _places;

    public long Recorded => _users.Sum(user => user.Recorded);

    /// <summary>A dispatcher's area follows from the number, as the warehouse has it.</summary>
    public Workplace PlaceOf(int user) => _places[user % warehouse.Dispatchers % DemoWarehouse.Areas];

    public string DispatcherName(int user) => warehouse.Users[warehouse.Billers + (user % warehouse.Dispatchers)].Name;

    /// <summary>The session that changes bills for a user: ten users share the office's, which is a biller's.</summary>
    public string BillersToken(int user) => _billersTokens[user / UsersOfBiller];

    public string AnyBill(Random random) => warehouse.Bill(warehouse.BillCount - _zipf.Draw(random)).Number.Value;

    /// <summary>Begins with what the log says was scanned last: about as much as a busy hour.</summary>
    public async Task LookAroundAsync(BenchDatabase database, CancellationToken cancellation)
    {
        // Loading onto bills is left out: filling a store does a month of it in a minute.
        var bags = await database.ReadAsync(
            """
            WITH latest AS (SELECT qr, parent_qr FROM tracetrack.scan WHERE action <> 5 ORDER BY recorded_at DESC LIMIT 1000)
            SELECT b.qr, b.area, b.kind, b.child_count FROM tracetrack.bag b
            WHERE b.area IS NOT NULL AND b.qr IN (SELECT qr FROM latest UNION SELECT parent_qr FROM latest)
            """,
            row => (Qr: row.GetString(0), Area: row.GetString(1), IsParent: row.GetInt16(2) == 1, Children: (int)row.GetInt16(3)),
            cancellation);
        var random = new Random(0);
        foreach (var place in _places)
        {
            foreach (var bag in bags.Where(bag => bag.Area == place.Area))
            {
                place.Bags.Add(bag.Qr);
                if (bag.IsParent)
                    place.Parents.Add(new(bag.Qr, bag.Children));
            }

            // An area where nobody was at work.
            place.Bags.Add(place.AnyBag(random));
            place.Parents.Add(place.AnyParent(random));
        }

        for (var bill = Math.Max(0, warehouse.BillCount - RecentBillCount); bill < warehouse.BillCount; bill++)
            RecentBills.Add(warehouse.Bill(bill).Number.Value);
    }

    /// <summary>Logs more users in, until there are so many. A password takes a core for a while, so they take turns.</summary>
    public async Task GrowAsync(int users, CancellationToken cancellation)
    {
        for (var index = _users.Count; index < users; index++)
        {
            var user = new BenchUser(index, this);
            _users.Add(user);
            if (index % UsersOfBiller == 0)
                _billersTokens.Add(await user.LogInAsync(warehouse.Users[_billersTokens.Count % warehouse.Billers].Name, cancellation));
            await user.AskAsync(Operation.LogIn, cancellation);
        }
    }

    public void Dispose()
    {
        foreach (var user in _users)
            user.Dispose();
    }
}
