namespace TraceTrack.Caching;

/// <summary>
/// What could not be told to Redis. It is paid by voiding everything there: before this process next reads, and for the others' sake as
/// soon as Redis is back.
/// </summary>
internal sealed class RedisDebt(TimeSpan retryAfter) : IDisposable
{
    private readonly SemaphoreSlim _paying = new(1);
    private readonly CancellationTokenSource _closing = new();
    private long _owed;
    private long _paid;
    private int _settling;

    private bool IsPaid => Interlocked.Read(ref _owed) == Interlocked.Read(ref _paid);

    /// <summary>Notes a debt, and tries to pay it from now on.</summary>
    /// <param name="tryPay">Tries once; calls <see cref="PayAsync"/> and never throws.</param>
    public void Owe(Func<ValueTask> tryPay)
    {
        Interlocked.Increment(ref _owed);
        if (Interlocked.Exchange(ref _settling, 1) == 0)
            _ = SettleAsync(tryPay);
    }

    /// <summary>Pays what is owed, once for all who come here meanwhile.</summary>
    /// <param name="voidEverything">What pays.</param>
    public async ValueTask PayAsync(Func<Task> voidEverything)
    {
        if (IsPaid)
            return;
        await _paying.WaitAsync(_closing.Token).ConfigureAwait(false);
        try
        {
            var owed = Interlocked.Read(ref _owed);
            if (owed == Interlocked.Read(ref _paid))
                return;
            await voidEverything().ConfigureAwait(false);
            Interlocked.Exchange(ref _paid, owed);
        }
        finally
        {
            _paying.Release();
        }
    }

    /// <summary>Whatever still waits ends; the semaphore holds nothing that would have to be given back.</summary>
    public void Dispose() => _closing.Cancel();

    private async Task SettleAsync(Func<ValueTask> tryPay)
    {
        do
        {
            while (!IsPaid)
            {
                await Task.Delay(retryAfter, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (_closing.IsCancellationRequested)
                    return;
                await tryPay().ConfigureAwait(false);
            }

            Interlocked.Exchange(ref _settling, 0);
        }
        // A debt noted between the look and the exchange has found somebody settling.
        while (!IsPaid && Interlocked.Exchange(ref _settling, 1) == 0);
    }
}
