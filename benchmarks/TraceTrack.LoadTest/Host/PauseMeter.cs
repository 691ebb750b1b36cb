using System.Diagnostics;

namespace TraceTrack.LoadTest.Host;

/// <summary>
/// What the computer itself does to whoever is measured: how long a thread that sleeps a moment is kept from going on, and how long a few bytes take to be on disk.
/// A server that commits cannot be faster than the second, and nothing than the first.
/// </summary>
internal sealed class PauseMeter : IAsyncDisposable
{
    private const int Moment = 5;
    private const int PageBytes = 8_192;

    /// <summary>How often a page is synced; seldom enough not to be a load.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stop = new();
    private readonly Action<TimeSpan> _paused;
    private readonly Action<TimeSpan> _synced;
    private readonly Task[] _meters;

    /// <param name="paused">Called with each time that a thread was kept beyond the moment it slept.</param>
    /// <param name="synced">Called with each time that a page took.</param>
    public PauseMeter(Action<TimeSpan> paused, Action<TimeSpan> synced)
    {
        (_paused, _synced) = (paused, synced);
        _meters = [Task.Factory.StartNew(Sleep, TaskCreationOptions.LongRunning), Task.Factory.StartNew(Sync, TaskCreationOptions.LongRunning)];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_meters);
        _stop.Dispose();
    }

    private void Sleep()
    {
        while (!_stop.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            Thread.Sleep(Moment);
            _paused(Stopwatch.GetElapsedTime(began) - TimeSpan.FromMilliseconds(Moment));
        }
    }

    private void Sync()
    {
        var page = new byte[PageBytes];
        // Beside the results: where the servers of a bench keep their data may be another disk, but hardly ever is.
        Directory.CreateDirectory(Path.Combine("artifacts", "bench"));
        using var file = new FileStream(
            Path.Combine("artifacts", "bench", "sync.tmp"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        while (!_stop.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            file.Position = 0;
            file.Write(page);
            file.Flush(flushToDisk: true);
            _synced(Stopwatch.GetElapsedTime(began));
            _stop.Token.WaitHandle.WaitOne(Interval);
        }
    }
}
