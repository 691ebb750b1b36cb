namespace TraceTrack.Caching.Simulation;

/// <summary>What is done around each call of a port: below the cache, or above it.</summary>
internal abstract class StoreLayer
{
    /// <param name="keys">What is read.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="valueOf">The value of the key at an index.</param>
    public abstract ValueTask<T> ReadAsync<T>(IReadOnlyList<string> keys, Func<ValueTask<T>> read, Func<T, int, object?> valueOf);

    /// <param name="name">What is done.</param>
    /// <param name="write">Does it.</param>
    /// <param name="shown">Rows that it shows as they stand then.</param>
    public abstract ValueTask<T> WriteAsync<T>(string name, Func<ValueTask<T>> write, Func<T, IEnumerable<(string Key, object Row)>>? shown = null);
}
