using System.Collections.Concurrent;
using TraceTrack.Testing;

namespace TraceTrack.Caching;

/// <summary>A second tier in this process, which counts what it is asked and can be out of order.</summary>
internal sealed class RecordingTier(TimeProvider clock) : ICacheTier
{
    private readonly List<ITierListener> _listeners = [];
    private InProcessTier _inner = new(clock);

    public ConcurrentQueue<string[]> Gets { get; } = [];

    public ConcurrentQueue<TierEntry[]> Fills { get; } = [];

    public ConcurrentQueue<TierCommit> Commits { get; } = [];

    public int Pulses;

    /// <summary>Whether messages get lost.</summary>
    public bool IsMute { get; set; }

    /// <summary>What happens to every operation first: nothing, a wait, or an exception.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    /// <summary>What happens to every answer.</summary>
    public Func<Task> After { get; set; } = () => Task.CompletedTask;

    public async Task SetAsync(string key, long version, byte[] envelope) =>
        await _inner.FillAsync(
            new(CacheScopes.Everything, (await _inner.GetAsync(new(CacheScopes.Everything, [], 1), default)).Epochs, [new(key, version, TimeSpan.FromHours(1), envelope)]),
            default);

    public async ValueTask<TierAnswer> GetAsync(TierQuery query, CancellationToken cancellationToken)
    {
        Gets.Enqueue([.. query.Keys]);
        await Before();
        var answer = await _inner.GetAsync(query, cancellationToken);
        await After();
        return answer;
    }

    public async ValueTask FillAsync(TierFill fill, CancellationToken cancellationToken)
    {
        await Before();
        await _inner.FillAsync(fill, cancellationToken);
        Fills.Enqueue([.. fill.Entries]);
    }

    public async ValueTask<IReadOnlyList<long>> CommitAsync(TierCommit commit, CancellationToken cancellationToken)
    {
        Commits.Enqueue(commit);
        await Before();
        return await _inner.CommitAsync(commit, cancellationToken);
    }

    public async ValueTask<TierPulse> PulseAsync(string scope, long freshEpoch, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Pulses);
        await Before();
        return await _inner.PulseAsync(scope, freshEpoch, cancellationToken);
    }

    public async ValueTask ListenAsync(ITierListener listener, CancellationToken cancellationToken)
    {
        await Before();
        _listeners.Add(listener);
        await _inner.ListenAsync(new Ear(this, listener), cancellationToken);
    }

    /// <summary>Messages may be lost.</summary>
    public void Interrupt() => _listeners.ForEach(static listener => listener.Interrupted());

    /// <summary>Forgets everything but who listens.</summary>
    public async Task ResetAsync()
    {
        _inner = new(clock);
        foreach (var listener in _listeners)
            await _inner.ListenAsync(new Ear(this, listener), default);
    }

    private sealed class Ear(RecordingTier tier, ITierListener listener) : ITierListener
    {
        public void Receive(TierMessage message)
        {
            if (!tier.IsMute)
                listener.Receive(message);
        }

        public void Interrupted() => listener.Interrupted();
    }
}
