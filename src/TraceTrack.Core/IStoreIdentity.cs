namespace TraceTrack;

/// <summary>Which store this is. Every store has one; what several processes share about a store is named by it.</summary>
public interface IStoreIdentity
{
    /// <summary>Reads the random id that the store was given when it was made.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The same id for the life of the store, in every process.</returns>
    ValueTask<Guid> ReadAsync(CancellationToken cancellationToken);
}
