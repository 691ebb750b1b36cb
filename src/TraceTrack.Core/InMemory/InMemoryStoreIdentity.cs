namespace TraceTrack.InMemory;

internal sealed class InMemoryStoreIdentity(InMemoryState state) : IStoreIdentity
{
    public ValueTask<Guid> ReadAsync(CancellationToken cancellationToken) => state.RunAsync(() => state.StoreId, cancellationToken);
}
