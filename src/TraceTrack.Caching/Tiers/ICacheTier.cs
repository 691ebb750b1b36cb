namespace TraceTrack.Caching;

/// <summary>
/// The second tier of the cache: entries that all processes on one store share, and a channel between them. <c>UseRedis</c> brings one on
/// Redis; <c>UseSecondTier</c> takes any other.
/// </summary>
/// <remarks>
/// A tier is plain: what goes wrong is an exception, and it may lose anything at any time. Time limits, the circuit breaker, what could not be
/// told, and whether an answer may be believed are looked after above it. Every operation may run at the same time as any other, and each is
/// one step: no other operation sees half of it. The same rules are tested by <c>CacheTierContract</c> in the repository's tests.
/// <para>
/// A scope has an epoch, a number that only grows while the tier keeps it. Entries are stamped with the epochs of their scopes, and an entry of
/// other epochs than the present ones is none: so bumping one scope voids what would be too much to name.
/// </para>
/// </remarks>
public interface ICacheTier
{
    /// <summary>Reads the epochs of scopes and the entries of keys, in one round trip whatever their number.</summary>
    /// <param name="query">What is asked for. A scope without an epoch gets <see cref="TierQuery.FreshEpoch"/>, unless another process comes first.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>One epoch a scope, and one entry a key, in order; an entry is empty where there is none of the present epochs.</returns>
    ValueTask<TierAnswer> GetAsync(TierQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps what was loaded: nothing when a scope has another epoch than before the load, and no entry in the place of one of the present epochs
    /// and a higher version.
    /// </summary>
    /// <param name="fill">What was loaded.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>When it is done.</returns>
    ValueTask FillAsync(TierFill fill, CancellationToken cancellationToken);

    /// <summary>
    /// After a write to the store, all at once: bumps scopes, keeps entries of the scope <see cref="TierCommit.Scope"/>, each as
    /// <see cref="FillAsync"/> does, and sends a message to every listener, the sender's among them. When the scope of the entries does not have
    /// the expected epoch (before these bumps), their keys are deleted instead.
    /// </summary>
    /// <param name="commit">What was written.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The epochs that the bumped scopes have now, in order.</returns>
    ValueTask<IReadOnlyList<long>> CommitAsync(TierCommit commit, CancellationToken cancellationToken);

    /// <summary>Says how many messages were sent, and the epoch of a scope. Asked each second; fails when messages do not arrive here.</summary>
    /// <param name="scope">The scope; without an epoch it gets a fresh one.</param>
    /// <param name="freshEpoch">As in <see cref="TierQuery.FreshEpoch"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The number of the last message, and the epoch.</returns>
    ValueTask<TierPulse> PulseAsync(string scope, long freshEpoch, CancellationToken cancellationToken);

    /// <summary>Begins to listen; called again after a failure, with the same listener. Returns when messages sent from then on arrive.</summary>
    /// <param name="listener">Who hears. Messages come one after the other, each within the tier's usual delay.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>When it listens.</returns>
    ValueTask ListenAsync(ITierListener listener, CancellationToken cancellationToken);
}
