namespace TraceTrack.Bills;

/// <summary>The wish for a new bill.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Capacity">The most parents it takes, 1–500.</param>
public sealed record CreateBill(BillNumber Number, int Capacity)
{
    /// <summary>The most parents any bill takes.</summary>
    public const int MaxCapacity = 500;
}
