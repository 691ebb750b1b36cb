using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Users;

namespace TraceTrack.Caching;

/// <summary>The caches of one store, which all decorators share, and what other processes tell about it.</summary>
internal sealed class StoreCache(
    TieredCache<Bag> bags, TieredCache<Bill> bills, TieredCache<LoginSession> sessions, TieredCache<CodeList> searches,
    TieredCache<CodeList> children, SharedTier? shared, CacheTime time) : IDisposable
{
    public TieredCache<Bag> Bags => bags;

    public TieredCache<Bill> Bills => bills;

    public TieredCache<LoginSession> Sessions => sessions;

    public TieredCache<CodeList> Searches => searches;

    /// <summary>In memory only: a list follows from the parent's row, which the second tier has.</summary>
    public TieredCache<CodeList> Children => children;

    public SearchEpochs Epochs { get; } = new();

    public SharedTier? Shared => shared;

    public CacheTime Time => time;

    /// <summary>After what another process has told was applied, or messages may have been missed.</summary>
    public event EventHandler? Heard;

    /// <summary>This process, in the messages it sends, so that it can leave out its own.</summary>
    public Guid NodeId { get; } = Guid.NewGuid();

    public CacheChange Begin() => new(this);

    /// <summary>Ends when the second tier has been tried for the first time.</summary>
    public Task Started { get; private set; } = Task.CompletedTask;

    /// <summary>Lets time move, and listens to the other processes.</summary>
    public void Start()
    {
        time.Start(Refresh);
        if (shared is not null)
            Started = shared.StartAsync(this);
    }

    private void Refresh()
    {
        try
        {
            bags.Refresh();
            bills.Refresh();
        }
        catch (ObjectDisposedException)
        {
            // The application ends, and the timer has just struck once more.
        }
    }

    /// <summary>What this process keeps of a scope is void from now on.</summary>
    public void Bump(string scope)
    {
        Epochs.Bump(scope);
        if (scope != CacheScopes.All)
            return;
        time.Forget();
        bags.Memory.Clear();
        bills.Memory.Clear();
        sessions.Memory.Clear();
        searches.Memory.Clear();
        children.Memory.Clear();
    }

    /// <summary>Forgets what another process has made old.</summary>
    public void Apply(CacheMessage message)
    {
        if (message.NodeId == NodeId)
            return;
        foreach (var scope in message.Bumps)
            Bump(scope);
        // A write under way may put a row that is older than one of an outcome nobody knows, and no version would tell.
        if (message.Fences.Any(static fence => fence.Version == CacheFence.Unknown))
            time.Forget();
        foreach (var fence in message.Fences)
        {
            switch (fence.Kind)
            {
                case BagCodec.Letter:
                    bags.Memory.Fence(fence.Key, fence.Version);
                    break;
                case BillCodec.Letter:
                    bills.Memory.Fence(fence.Key, fence.Version);
                    break;
                case LoginSessionCodec.Letter:
                    sessions.Memory.Fence(fence.Key, fence.Version);
                    break;
            }
        }

        Heard?.Invoke(this, EventArgs.Empty);
    }

    public IEnumerable<(char Kind, long Value)> CountEntries() =>
    [
        (BagCodec.Letter, bags.Memory.Count), (BillCodec.Letter, bills.Memory.Count),
        (LoginSessionCodec.Letter, sessions.Memory.Count), (SearchCodec.Letter, searches.Memory.Count), (ChildrenCodec.Letter, children.Memory.Count),
    ];

    public IEnumerable<(char Kind, long Value)> CountBytes() =>
    [
        (BagCodec.Letter, bags.Memory.Bytes), (BillCodec.Letter, bills.Memory.Bytes),
        (LoginSessionCodec.Letter, sessions.Memory.Bytes), (SearchCodec.Letter, searches.Memory.Bytes), (ChildrenCodec.Letter, children.Memory.Bytes),
    ];

    public CacheReads CountReads() => new(
        bags.Memory.Hits + bills.Memory.Hits + sessions.Memory.Hits + searches.Memory.Hits + children.Memory.Hits,
        bags.Metrics.SharedHitCount + bills.Metrics.SharedHitCount + sessions.Metrics.SharedHitCount + searches.Metrics.SharedHitCount,
        bags.Metrics.StoreReadCount + bills.Metrics.StoreReadCount + sessions.Metrics.StoreReadCount + searches.Metrics.StoreReadCount
            + children.Metrics.StoreReadCount);

    public void Dispose()
    {
        shared?.Dispose();
        time.Dispose();
        bags.Dispose();
        bills.Dispose();
        sessions.Dispose();
        searches.Dispose();
        children.Dispose();
    }
}
