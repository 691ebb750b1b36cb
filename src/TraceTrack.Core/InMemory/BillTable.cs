using TraceTrack.Bills;

namespace TraceTrack.InMemory;

/// <summary>Bills by number and in order of their making.</summary>
internal sealed class BillTable
{
    private static readonly BillPosition First = new(DateTimeOffset.MinValue, long.MinValue);
    private static readonly BillPosition Last = new(DateTimeOffset.MaxValue, long.MaxValue);

    private readonly Dictionary<BillNumber, Bill> _rows = [];
    private readonly Dictionary<long, BillNumber> _numbers = [];

    private readonly SortedSet<BillPosition> _order = new(Comparer<BillPosition>.Create((left, right) =>
        left.CreatedAt != right.CreatedAt ? left.CreatedAt.CompareTo(right.CreatedAt) : left.Id.CompareTo(right.Id)));

    public int Count => _rows.Count;

    public IEnumerable<Bill> Rows => _rows.Values;

    public Bill? Find(BillNumber number) => _rows.GetValueOrDefault(number);

    public void Put(Bill bill)
    {
        if (_rows.TryAdd(bill.Number, bill))
        {
            _numbers.Add(bill.Id, bill.Number);
            _order.Add(new(bill.CreatedAt, bill.Id));
        }
        else
        {
            _rows[bill.Number] = bill;
        }
    }

    public void Remove(Bill bill)
    {
        _rows.Remove(bill.Number);
        _numbers.Remove(bill.Id);
        _order.Remove(new(bill.CreatedAt, bill.Id));
    }

    /// <summary>Bills beyond a position, newest first; oldest first when the reading goes backward.</summary>
    public IEnumerable<Bill> Beyond(BillPosition? from, bool backward)
    {
        var view = backward ? _order.GetViewBetween(from ?? First, Last) : _order.GetViewBetween(First, from ?? Last);
        return (backward ? view : view.Reverse()).Where(position => position != from).Select(position => _rows[_numbers[position.Id]]);
    }
}
