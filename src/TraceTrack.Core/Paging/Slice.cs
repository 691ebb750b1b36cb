namespace TraceTrack.Paging;

/// <summary>What a store reads for one page: up to <paramref name="Count"/> rows beyond a position.</summary>
/// <typeparam name="TPosition">The list's sort key.</typeparam>
/// <param name="From">Start beyond this position; null to start at the list's end that the direction implies.</param>
/// <param name="Backward">True to read against the list's order.</param>
/// <param name="Count">The most rows; one more than the page shows, to learn whether more follow.</param>
public readonly record struct Slice<TPosition>(TPosition? From, bool Backward, int Count)
    where TPosition : struct;
