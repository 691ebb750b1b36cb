namespace TraceTrack.Bills;

/// <summary>The sort key of the list of bills, newest first; ids break ties.</summary>
/// <param name="CreatedAt">When the bill was created.</param>
/// <param name="Id">Its key.</param>
public readonly record struct BillPosition(DateTimeOffset CreatedAt, long Id);
