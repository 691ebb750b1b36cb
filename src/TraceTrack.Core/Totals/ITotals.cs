namespace TraceTrack.Totals;

/// <summary>The totals of the whole store.</summary>
public interface ITotals
{
    /// <summary>Reads the totals.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Exact numbers as of one moment.</returns>
    /// <exception cref="NotAllowedException">The actor is a dispatcher without an area.</exception>
    ValueTask<TraceTrackTotals> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Counts everything anew under one snapshot and mends a difference; there must be none. For admins.</summary>
    /// <param name="cancellationToken">Cancels the work; nothing is then changed.</param>
    /// <returns>Both sets of numbers.</returns>
    /// <exception cref="NotAllowedException">The actor is no admin.</exception>
    /// <exception cref="ConflictException"><see cref="ErrorCodes.StoreBusy"/>: others were writing for longer than five seconds; nothing was counted.</exception>
    ValueTask<TotalsReconciliation> ReconcileAsync(CancellationToken cancellationToken = default);
}

/// <summary>Storage of the totals. Applications use <see cref="ITotals"/>.</summary>
public interface ITotalsStore
{
    /// <summary>Reads the totals.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Exact numbers as of one moment.</returns>
    ValueTask<TraceTrackTotals> GetAsync(CancellationToken cancellationToken);

    /// <summary>Counts everything anew under one snapshot, with writers held off, and mends a difference.</summary>
    /// <param name="cancellationToken">Cancels the work; nothing is then changed.</param>
    /// <returns>Both sets of numbers.</returns>
    ValueTask<TotalsReconciliation> ReconcileAsync(CancellationToken cancellationToken);
}
