namespace TraceTrack.Caching;

/// <summary>A kept value, or the knowledge that there is none.</summary>
internal sealed class MemoryEntry<T>(T? value, long version)
    where T : class
{
    public T? Value { get; } = value;

    public long Version { get; } = version;
}
