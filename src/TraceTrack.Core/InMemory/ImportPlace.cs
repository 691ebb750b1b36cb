using TraceTrack.Bags;
using TraceTrack.Bills;

namespace TraceTrack.InMemory;

/// <summary>A parent that an import concerns: one the store holds, or one the file brings.</summary>
internal sealed class ImportPlace(QrCode qr, Bag? stored, Bill? bill, string? area)
{
    private int _taken;

    public QrCode Qr => qr;

    public Bag? Stored => stored;

    public Bill? Bill => bill;

    /// <summary>Key of the bag; a new one's is drawn when the import is written.</summary>
    public long Id { get; set; } = stored?.Id ?? 0;

    /// <summary>As it is after the import.</summary>
    public string? Area { get; set; } = area;

    public int CountChange { get; private set; }

    public long GramsChange { get; set; }

    public bool IsChanged => CountChange != 0 || GramsChange != 0 || Area != stored?.Area;

    /// <summary>Seats that this import frees are not given again: who gets one would depend on the order of rows.</summary>
    public bool TryTakeSeat(int capacity)
    {
        if ((stored?.ChildCount ?? 0) + _taken >= capacity)
            return false;
        _taken++;
        return true;
    }

    public void Enter(long grams)
    {
        CountChange++;
        GramsChange += grams;
    }

    public void Leave(long grams)
    {
        CountChange--;
        GramsChange -= grams;
    }
}
