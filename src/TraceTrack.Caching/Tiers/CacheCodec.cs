namespace TraceTrack.Caching;

internal static class CacheCodec
{
    /// <summary>The slot of <see cref="PayloadTexts"/> for the key itself, which whoever reads has at hand.</summary>
    public const int KeySlot = 0;
}

/// <summary>All a cache needs to know of one kind of value.</summary>
/// <typeparam name="T">The value.</typeparam>
internal abstract class CacheCodec<T>
    where T : class
{
    /// <summary>First part of a key in a shared tier, after the store's; also the kind in messages.</summary>
    public abstract char Kind { get; }

    /// <summary>Version of the payload's form. Another one is a miss, so that releases may run side by side.</summary>
    public abstract byte Form { get; }

    /// <summary>The row's version: an older value never replaces a newer one.</summary>
    public abstract long VersionOf(T value);

    /// <summary>Bytes that a value and its key take in memory, estimated on the high side.</summary>
    public abstract int SizeOf(string key, T? value);

    public abstract void Write(PayloadWriter payload, T value);

    /// <exception cref="InvalidDataException">Not what <see cref="Write"/> gives.</exception>
    public abstract T Read(ref PayloadReader payload);

    /// <summary>The name in a shared tier, when it is not the key itself.</summary>
    public virtual string SharedKey(string key) => key;

    /// <summary>What the entry depends on beside its row: a bump of any scope voids it.</summary>
    public virtual string[] ScopesOf(string key) => CacheScopes.Everything;
}
