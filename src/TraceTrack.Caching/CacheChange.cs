using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Users;

namespace TraceTrack.Caching;

/// <summary>One write to the store as the cache sees it: what it may concern while its outcome is open, and what it left behind.</summary>
internal sealed class CacheChange(StoreCache cache)
{
    private readonly HashSet<CacheFence> _concerned = [];
    private readonly HashSet<string> _concernedScopes = [];
    private readonly List<TierEntry> _puts = [];
    private readonly List<CacheFence> _fences = [];
    private readonly HashSet<string> _bumps = [];
    private readonly PayloadWriter _buffer = new();
    private readonly DateTimeOffset _begunAt = cache.Time.Exact;
    private readonly long _epoch = cache.Shared?.EpochOf(CacheScopes.All) ?? 0;

    private long _generation = cache.Time.Generation;
    private bool _isUnknown;

    /// <summary>
    /// True once it may have been committed whatever is said in the end: the store tries some writes again, and a rule that refuses the last
    /// attempt says nothing of the ones before.
    /// </summary>
    public bool MayBeCommitted { get; set; }

    public void MayConcern(QrCode qr) => _concerned.Add(new(BagCodec.Letter, qr.Value, CacheFence.Unknown));

    public void MayConcern(BillNumber number) => _concerned.Add(new(BillCodec.Letter, number.Value, CacheFence.Unknown));

    /// <summary>Rows that cannot be named, such as the sessions of a user.</summary>
    public void MayConcernEverything() => MayConcern(CacheScopes.All);

    /// <summary>Searches of a scope.</summary>
    public void MayConcern(string scope) => _concernedScopes.Add(scope);

    public void MayConcernSession(string key) => _concerned.Add(new(LoginSessionCodec.Letter, key, CacheFence.Unknown));

    /// <summary>Runs the write. When it fails for another reason than a rule, it may have been committed all the same: then what it may concern is forgotten.</summary>
    public async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> write)
    {
        try
        {
            return await write().ConfigureAwait(false);
        }
        catch (Exception error) when (MayBeCommitted || error is not (InvalidInputException or NotAllowedException or NotFoundException or ConflictException))
        {
            Forget();
            await CommitAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A row this write has changed.</summary>
    public CacheChange Put(Bag bag) => Put(cache.Bags, bag.Qr.Value, bag, bag.Version);

    /// <inheritdoc cref="Put(Bag)"/>
    public CacheChange Put(Bill bill) => Put(cache.Bills, bill.Number.Value, bill, bill.Version);

    /// <inheritdoc cref="Put(Bag)"/>
    public CacheChange Put(LoginSession session) => Put(cache.Sessions, session.Key, session, cache.Sessions.Codec.VersionOf(session));

    /// <summary>
    /// A bag this write has deleted. Its absence is kept with the version of the deletion and as long as a bag, so that nothing read before
    /// brings it back; a bag registered under the same code is newer.
    /// </summary>
    public CacheChange Delete(Bag bag) => Put(cache.Bags, bag.Qr.Value, value: null, bag.Version);

    /// <inheritdoc cref="Delete(Bag)"/>
    public CacheChange Delete(Bill bill) => Put(cache.Bills, bill.Number.Value, value: null, bill.Version);

    /// <summary>A session that is over for good. That is kept, so that no late writer brings it back.</summary>
    public CacheChange End(string sessionKey) => Put(cache.Sessions, sessionKey, value: null, LoginSessionCodec.Ended);

    /// <inheritdoc cref="End(string)"/>
    public CacheChange End(IEnumerable<string> sessionKeys)
    {
        foreach (var key in sessionKeys)
            End(key);
        return this;
    }

    /// <summary>A row this write has seen as it is now; good to have, and no news to anybody.</summary>
    public void Keep(Bag bag) => cache.Bags.Memory.Put(bag.Qr.Value, bag, bag.Version, EndOf(cache.Bags.Lifetimes.Memory), _generation);

    /// <inheritdoc cref="Keep(Bag)"/>
    public void Keep(Bill bill) => cache.Bills.Memory.Put(bill.Number.Value, bill, bill.Version, EndOf(cache.Bills.Lifetimes.Memory), _generation);

    public CacheChange Bump(string scope)
    {
        if (_bumps.Add(scope))
            cache.Bump(scope);
        return this;
    }

    /// <summary>Forgets all this write may concern; the next who ask will see.</summary>
    public void Forget()
    {
        foreach (var scope in _concernedScopes)
            Bump(scope);
        ForgetRows();
    }

    /// <summary>Forgets the rows this write may concern. What is put after that is known again.</summary>
    public void ForgetRows()
    {
        _fences.AddRange(_concerned);
        _isUnknown = _concerned.Count > 0;
        ForgetUnknown();
    }

    /// <summary>This process knows already; now the second tier and the other processes are told. Never throws, and never cancels.</summary>
    public async ValueTask CommitAsync()
    {
        if (cache.Shared is null || (_puts.Count == 0 && !_isUnknown && _bumps.Count == 0))
            return;
        if (_isUnknown)
        {
            var isPut = _puts.Select(put => put.Key).ToHashSet(StringComparer.Ordinal);
            _puts.AddRange(_concerned.Where(fence => !isPut.Contains(fence.SharedKey)).Select(Bar));
        }

        await cache.Shared.CommitAsync(new(cache.NodeId, [.. _bumps], _puts, _fences), _epoch).ConfigureAwait(false);
        // Until just now a load could still find what was old in the second tier.
        foreach (var scope in _bumps)
            cache.Bump(scope);
        if (_isUnknown)
            ForgetUnknown();
    }

    private void ForgetUnknown()
    {
        var before = cache.Time.Generation;
        cache.Apply(new CacheMessage(Guid.Empty, [], [.. _concerned]));
        // What this write has seen is still good; unless somebody else has forgotten something at the same time.
        if (_generation == before && cache.Time.Generation == before + 1)
            _generation = before + 1;
    }

    /// <summary>Keeps a key empty: after a deletion alone, one who read or wrote before could bring back what is old.</summary>
    private TierEntry Bar(CacheFence fence)
    {
        var life = fence.Kind switch
        {
            BagCodec.Letter => cache.Bags.Lifetimes.Shared,
            BillCodec.Letter => cache.Bills.Lifetimes.Shared,
            _ => cache.Sessions.Lifetimes.Shared,
        };
        return new(fence.SharedKey, fence.Version, life, Envelope.Bar(_buffer, fence.Version));
    }

    private CacheChange Put<T>(TieredCache<T> tiers, string key, T? value, long version)
        where T : class
    {
        tiers.Memory.Put(key, value, version, EndOf(tiers.Lifetimes.Memory), _generation);
        if (cache.Shared is null)
            return this;
        var endsAt = EndOf(tiers.Lifetimes.Shared);
        var left = endsAt - cache.Time.Exact;
        if (left > TimeSpan.Zero)
            _puts.Add(new(CacheKeys.Shared(tiers.Codec, key), version, left, Envelope.Write(tiers.Codec, _buffer, value, version, endsAt)));
        _fences.Add(new(tiers.Codec.Kind, key, version));
        return this;
    }

    /// <summary>A life is counted from before the write: however late it is told, it lives no longer for that.</summary>
    private DateTimeOffset EndOf(TimeSpan life) => _begunAt + cache.Time.Jitter(life);
}
