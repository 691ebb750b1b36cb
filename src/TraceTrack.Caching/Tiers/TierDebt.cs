namespace TraceTrack.Caching;

/// <summary>
/// What could not be told to the second tier. It is paid by voiding everything there, and until it is, this process reads nothing there.
/// </summary>
internal sealed class TierDebt
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _scopes = new(StringComparer.Ordinal);
    private long _owed;
    private long _paid;
    private int _isPaying;

    public bool IsPaid => Interlocked.Read(ref _owed) == Interlocked.Read(ref _paid);

    /// <summary>Notes a debt.</summary>
    /// <param name="scopes">Scopes to bump beside that of all.</param>
    public void Owe(IEnumerable<string> scopes)
    {
        lock (_gate)
        {
            _scopes.UnionWith(scopes);
            _owed++;
        }
    }

    /// <summary>Pays what is owed, unless somebody is at it.</summary>
    /// <param name="bump">Bumps these scopes; failing, nothing is paid.</param>
    public async ValueTask PayAsync(Func<IReadOnlyList<string>, ValueTask> bump)
    {
        if (IsPaid || Interlocked.Exchange(ref _isPaying, 1) != 0)
            return;
        try
        {
            while (!IsPaid)
            {
                var (owed, scopes) = Owed();
                await bump(scopes).ConfigureAwait(false);
                Paid(owed);
            }
        }
        finally
        {
            Interlocked.Exchange(ref _isPaying, 0);
        }
    }

    private (long Owed, string[] Scopes) Owed()
    {
        lock (_gate)
            return (_owed, [CacheScopes.All, .. _scopes.Where(scope => scope != CacheScopes.All)]);
    }

    private void Paid(long owed)
    {
        lock (_gate)
        {
            if (owed == _owed)
                _scopes.Clear();
            Interlocked.Exchange(ref _paid, owed);
        }
    }
}
