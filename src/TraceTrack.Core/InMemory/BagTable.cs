using System.Diagnostics.CodeAnalysis;
using TraceTrack.Bags;

namespace TraceTrack.InMemory;

/// <summary>Bags by code, with what the ports' queries need: an order of codes a kind, the children of a parent, the parents on a bill.</summary>
internal sealed class BagTable
{
    // Below and above every code: the alphabet ends at '_'.
    private static readonly QrCode First = QrCode.FromStored("");
    private static readonly QrCode Last = QrCode.FromStored("\uffff");

    private readonly Dictionary<QrCode, Bag> _rows;
    private readonly SortedSet<QrCode> _parents = [];
    private readonly SortedSet<QrCode> _children = [];
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
            Enter(bag);
        }

        _parents = new(bags.Where(bag => bag.Kind == BagKind.Parent).Select(bag => bag.Qr));
        _children = new(bags.Where(bag => bag.Kind == BagKind.Child).Select(bag => bag.Qr));
    }

    public int Count => _rows.Count;

    public IEnumerable<Bag> Rows => _rows.Values;

    public Bag? Find(QrCode qr) => _rows.GetValueOrDefault(qr);

    public bool TryFind(QrCode qr, [MaybeNullWhen(false)] out Bag bag) => _rows.TryGetValue(qr, out bag);

    /// <summary>Stores a row.</summary>
    /// <returns>True when the bag is new.</returns>
    public bool Put(Bag bag)
    {
        var known = _rows.TryGetValue(bag.Qr, out var old);
        if (known)
            Leave(old!);
        else
            (bag.Kind == BagKind.Parent ? _parents : _children).Add(bag.Qr);
        _rows[bag.Qr] = bag;
        Enter(bag);
        return !known;
    }

    public IEnumerable<Bag> ChildrenOf(long parentId) => Rowed(_byParent, parentId);

    public IEnumerable<Bag> OnBill(long billId) => Rowed(_byBill, billId);

    /// <summary>Codes of one kind or both beyond a position, in order or against it. Lazy: a page costs its rows and one descent.</summary>
    public IEnumerable<QrCode> Codes(BagKind? kind, QrCode? from, bool backward) => kind switch
    {
        BagKind.Parent => Range(_parents, from, backward),
        BagKind.Child => Range(_children, from, backward),
        _ => Merge(Range(_parents, from, backward), Range(_children, from, backward), backward),
    };

    /// <summary>Codes that begin with a text, in order.</summary>
    public IEnumerable<QrCode> CodesFrom(string prefix) => Merge(Prefixed(_parents, prefix), Prefixed(_children, prefix), backward: false);

    private static SortedSet<QrCode> Prefixed(SortedSet<QrCode> codes, string prefix) =>
        codes.GetViewBetween(QrCode.FromStored(prefix), QrCode.FromStored(prefix + "\uffff"));

    private static IEnumerable<QrCode> Range(SortedSet<QrCode> codes, QrCode? from, bool backward)
    {
        var view = backward ? codes.GetViewBetween(First, from ?? Last) : codes.GetViewBetween(from ?? First, Last);
        return (backward ? view.Reverse() : view).Where(code => code != from);
    }

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

    private IEnumerable<Bag> Rowed(Dictionary<long, List<QrCode>> index, long key) =>
        index.TryGetValue(key, out var codes) ? codes.Order().Select(code => _rows[code]) : [];

    private void Enter(Bag bag)
    {
        if (bag.ParentId is { } parent)
            Add(_byParent, parent, bag.Qr);
        if (bag.BillId is { } bill)
            Add(_byBill, bill, bag.Qr);
    }

    private void Leave(Bag bag)
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
