using TraceTrack.Bills;
using TraceTrack.Imports;
using TraceTrack.Scans;
using TraceTrack.Totals;
using TraceTrack.Users;

namespace TraceTrack.InMemory;

/// <summary>All rows of the in-memory store. Every access runs under one lock, so each port's call is one transaction.</summary>
internal sealed class InMemoryState(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private long _id;
    private long _version;
    private long _eventId;

    public Guid StoreId { get; } = Guid.NewGuid();

    /// <summary>Replaced as a whole by an import into an empty store.</summary>
    public BagTable Bags { get; set; } = new(0);

    public BillTable Bills { get; } = new();

    public List<Scan> Log { get; } = [];

    public List<LinkInterval> Links { get; } = [];

    public List<BillEvent> BillEvents { get; } = [];

    /// <summary>Times of the imports of bags, by key.</summary>
    public Dictionary<long, DateTimeOffset> ImportTimes { get; } = [];

    public Dictionary<ScanId, ScanReceipt> Receipts { get; } = [];

    public Dictionary<Guid, KeptImport> Imports { get; } = [];

    public Dictionary<string, UserCredentials> Users { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> UserIds { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, LoginSession> Sessions { get; } = new(StringComparer.Ordinal);

    /// <summary>Kept by those who add rows, as the slots in a database are, so that a recount has something to be compared with.</summary>
    public TraceTrackTotals Totals { get; set; }

    public DateTimeOffset Now() => RecordedTime.Truncate(clock.GetUtcNow());

    /// <summary>Draws keys; those of a failed change are never given again, as with a sequence.</summary>
    public long NextId(int count = 1) => Interlocked.Add(ref _id, count) - count + 1;

    public long NextVersion() => Interlocked.Increment(ref _version);

    public long NextEventId() => Interlocked.Increment(ref _eventId);

    /// <summary>Drops every login session of a user and gives their keys. Runs inside a transaction.</summary>
    public IReadOnlyList<string> EndSessions(string userId)
    {
        string[] keys = [.. Sessions.Values.Where(session => session.User.Id == userId).Select(session => session.Key)];
        foreach (var key in keys)
            Sessions.Remove(key);
        return keys;
    }

    /// <summary>Runs a transaction. What it throws is the task's, so that callers need not tell the two ways to fail apart.</summary>
    public ValueTask<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<T>(cancellationToken);
        try
        {
            lock (_gate)
                return new(work());
        }
        catch (Exception error)
        {
            return ValueTask.FromException<T>(error);
        }
    }
}

/// <summary>What is kept of an import, to answer its repetition.</summary>
internal sealed record KeptImport(ImportKind Kind, ImportReport Report, IReadOnlyList<RowResult> Results);

/// <summary>What an import brought.</summary>
internal enum ImportKind
{
    Bags,
    ScanLog,
    DryRun,
}
