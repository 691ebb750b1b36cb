using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace TraceTrack.Caching.Simulation;

/// <summary>Between a node's cache and the second tier: messages carry along which writes they tell of, so that it can be noted who knows of them.</summary>
internal sealed class ToldTier(ICacheTier inner, int node, History history, ToldWrites told) : ICacheTier
{
    public ValueTask<TierAnswer> GetAsync(TierQuery query, CancellationToken cancellationToken) => inner.GetAsync(query, cancellationToken);

    public ValueTask FillAsync(TierFill fill, CancellationToken cancellationToken) => inner.FillAsync(fill, cancellationToken);

    public ValueTask<TierPulse> PulseAsync(string scope, long freshEpoch, CancellationToken cancellationToken) =>
        inner.PulseAsync(scope, freshEpoch, cancellationToken);

    public ValueTask ListenAsync(ITierListener listener, CancellationToken cancellationToken) =>
        inner.ListenAsync(new Listener(listener, node, history, told), cancellationToken);

    public async ValueTask<IReadOnlyList<long>> CommitAsync(TierCommit commit, CancellationToken cancellationToken)
    {
        // Without a write of its own it pays what is owed for those before.
        WriteOperation[] writes = WriteOperation.Current is { } write ? [write] : history.UntoldOf(node);
        var epochs = await inner.CommitAsync(commit with { Body = told.Add(writes, commit.Body) }, cancellationToken).ConfigureAwait(false);
        if (told.IsToldByAnswer)
            history.Told(writes);
        return epochs;
    }

    private sealed class Listener(ITierListener inner, int node, History history, ToldWrites told) : ITierListener
    {
        public void Receive(TierMessage message)
        {
            var (writes, body) = told.Read(message.Body);
            inner.Receive(message with { Body = body });
            history.Heard(node, writes);
        }

        public void Interrupted() => inner.Interrupted();
    }
}

/// <summary>Which writes a message tells of: their number stands behind its body.</summary>
/// <param name="isToldByAnswer">Whether the tier knows when it says so; otherwise it says itself when it knows.</param>
internal sealed class ToldWrites(bool isToldByAnswer)
{
    private readonly ConcurrentDictionary<long, WriteOperation[]> _writes = new();
    private long _last;

    public bool IsToldByAnswer => isToldByAnswer;

    public byte[] Add(WriteOperation[] writes, ReadOnlyMemory<byte> body)
    {
        var number = Interlocked.Increment(ref _last);
        _writes[number] = writes;
        var told = new byte[body.Length + sizeof(long)];
        body.CopyTo(told);
        BinaryPrimitives.WriteInt64BigEndian(told.AsSpan(body.Length), number);
        return told;
    }

    public (WriteOperation[] Writes, ReadOnlyMemory<byte> Body) Read(ReadOnlyMemory<byte> told) =>
        (_writes[BinaryPrimitives.ReadInt64BigEndian(told.Span[^sizeof(long)..])], told[..^sizeof(long)]);
}
