using System.Diagnostics.CodeAnalysis;
using TraceTrack.Bags;

namespace TraceTrack.InMemory;

/// <summary>
/// Bags by code, with what the ports' queries need: an order of codes for each kind and stored status, the children of a parent,
/// the parents on a bill.
/// </summary>
internal sealed class BagTable
{
    // Below and above every code: the alphabet ends at '_'.
    private static readonly QrCode First = QrCode.FromStored("");
    private static readonly QrCode Last = QrCode.FromStored("\uffff");

    private readonly Dictionary<QrCode, Bag> _rows;
    private readonly Dictionary<(BagKind Kind, BagStatus Status), SortedSet<QrCode>> _orders = [];
    private readonly Dictionary<long, List<QrCode>> _byParent = [];
    private readonly Dictionary<long, List<QrCode>> _byBill = [];

    public BagTable(int capacity) => _rows = new(capacity);

    /// <summary>Takes many bags at once; an order built from the whole is far cheaper than one that grows.</summary>
    public BagTable(IReadOnlyCollection<Bag> bags)
        : this(bags.Count)
    {
        foreach (var bag in bags)
        {
            _rows.Add(bag.Qr, bag);
            EnterHolders(bag);
        }

        foreach (var group in bags.GroupBy(bag => (bag.Kind, bag.Status)))
            _orders.Add(group.Key, new(group.Select(bag => bag.Qr)));
    }

    public int Count => _rows.Count;

    public IEnumerable<Bag> Rows => _rows.Values;

    public Bag? Find(QrCode qr) => _rows.GetValueOrDefault(qr);

    public bool TryFind(QrCode qr, [MaybeNullWhen(false)] out Bag bag) => _rows.TryGetValue(qr, out bag);

    /// <summary>Stores a row.</summary>
    /// <returns>True when the bag is new.</returns>
    public bool Put(Bag bag)
    {
        _rows.TryGetValue(bag.Qr, out var old);
        _rows[bag.Qr] = bag;
        if (old is not null)
            LeaveHolders(old);
        EnterHolders(bag);
        if (old?.Status != bag.Status)
        {
            if (old is not null)
                Order(old).Remove(old.Qr);
            Order(bag).Add(bag.Qr);
        }

        return old is null;
    }

    public void Remove(Bag bag)
    {
        _rows.Remove(bag.Qr);
        LeaveHolders(bag);
        Order(bag).Remove(bag.Qr);
    }

    public IEnumerable<Bag> ChildrenOf(long parentId) => Held(_byParent, parentId);

    public IEnumerable<Bag> OnBill(long billId) => Held(_byBill, billId);

    /// <summary>Codes beyond a position, in order or against it. Lazy: a page costs its rows and one descent an order.</summary>
    /// <param name="kind">Of one kind; null for both.</param>
    /// <param name="status">Of those that may be shown with this status, and a few more; null for all.</param>
    /// <param name="from">Exclusive.</param>
    /// <param name="backward">Against the order.</param>
    public IEnumerable<QrCode> Codes(BagKind? kind, BagStatus? status, QrCode? from, bool backward)
    {
        var orders = _orders.Where(order => kind is null || order.Key.Kind == kind);
        if (status is { } shown)
            orders = orders.Where(order => order.Key.Status == shown || (FollowsParent(order.Key) && AnyParentIs(shown)));
        return Merge(orders.Select(order => Range(order.Value, from, backward)), backward);
    }

    /// <summary>Codes that begin with a text, in order.</summary>
    public IEnumerable<QrCode> CodesFrom(string prefix)
    {
        var (low, high) = (QrCode.FromStored(prefix), QrCode.FromStored(prefix + "\uffff"));
        return Merge(_orders.Values.Select(codes => codes.GetViewBetween(low, high)), backward: false);
    }

    /// <summary>Whether a bag is of a kind, an area and a shown status; whose child it is was looked up already.</summary>
    public bool Matches(Bag bag, BagFilter filter) =>
        (filter.Kind is not { } kind || bag.Kind == kind)
        && (filter.Area is null || bag.Area == filter.Area)
        && (filter.Bill is not { } bill || Composed(bag).BillNumber == bill)
        && filter.Created.Contains(bag.CreatedAt)
        && (filter.Status is not { } status || Composed(bag).Status == status);

    private Bag Composed(Bag bag) => BagRules.Compose(bag, bag.ParentQr is { } parent ? Find(parent) : null);

    /// <summary>A linked child is shown as its parent is once that is on a bill.</summary>
    private static bool FollowsParent((BagKind Kind, BagStatus Status) order) => order is (BagKind.Child, BagStatus.Linked);

    private bool AnyParentIs(BagStatus status) => status is BagStatus.Billed or BagStatus.Dispatched
        && _orders.TryGetValue((BagKind.Parent, status), out var parents) && parents.Count > 0;

    private static IEnumerable<QrCode> Range(SortedSet<QrCode> codes, QrCode? from, bool backward)
    {
        var view = backward ? codes.GetViewBetween(First, from ?? Last) : codes.GetViewBetween(from ?? First, Last);
        return (backward ? view.Reverse() : view).Where(code => code != from);
    }

    private static IEnumerable<QrCode> Merge(IEnumerable<IEnumerable<QrCode>> ordered, bool backward) =>
        ordered.Aggregate(Enumerable.Empty<QrCode>(), (left, right) => Merge(left, right, backward));

    private static IEnumerable<QrCode> Merge(IEnumerable<QrCode> left, IEnumerable<QrCode> right, bool backward)
    {
        using var l = left.GetEnumerator();
        using var r = right.GetEnumerator();
        var (hasLeft, hasRight) = (l.MoveNext(), r.MoveNext());
        while (hasLeft || hasRight)
        {
            if (hasLeft && (!hasRight || l.Current < r.Current != backward))
            {
                yield return l.Current;
                hasLeft = l.MoveNext();
            }
            else
            {
                yield return r.Current;
                hasRight = r.MoveNext();
            }
        }
    }

    private IEnumerable<Bag> Held(Dictionary<long, List<QrCode>> index, long key) =>
        index.TryGetValue(key, out var codes) ? codes.Order().Select(code => _rows[code]) : [];

    private SortedSet<QrCode> Order(Bag bag)
    {
        var key = (bag.Kind, bag.Status);
        if (!_orders.TryGetValue(key, out var order))
            _orders.Add(key, order = []);
        return order;
    }

    private void EnterHolders(Bag bag)
    {
        if (bag.ParentId is { } parent)
            Add(_byParent, parent, bag.Qr);
        if (bag.BillId is { } bill)
            Add(_byBill, bill, bag.Qr);
    }

    private void LeaveHolders(Bag bag)
    {
        if (bag.ParentId is { } parent)
            _byParent[parent].Remove(bag.Qr);
        if (bag.BillId is { } bill)
            _byBill[bill].Remove(bag.Qr);
    }

    private static void Add(Dictionary<long, List<QrCode>> index, long key, QrCode qr)
    {
        if (!index.TryGetValue(key, out var codes))
            index.Add(key, codes = []);
        codes.Add(qr);
    }
}
