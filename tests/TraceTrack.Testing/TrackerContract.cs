namespace TraceTrack.Testing;

/// <summary>What all contracts share: opening stores, and closing them when the test ends.</summary>
public abstract class TrackerContract(ITrackerFixture fixture) : IAsyncDisposable
{
    private readonly List<IServiceProvider> _opened = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var services in _opened)
        {
            if (services is IAsyncDisposable disposable)
                await disposable.DisposeAsync();
            else
                (services as IDisposable)?.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    protected async Task<Warehouse> OpenAsync(Action<TraceTrackOptions>? options = null, TimeProvider? clock = null)
    {
        var services = await fixture.CreateStoreAsync(options, clock);
        _opened.Add(services);
        return new(services);
    }

    /// <summary>A warehouse whose parents hold three children, which is enough to be full.</summary>
    protected Task<Warehouse> OpenSmallAsync(Action<TraceTrackOptions>? options = null) => OpenAsync(o =>
    {
        o.ParentCapacity = 3;
        options?.Invoke(o);
    });

    /// <summary>Begins all at one signal, so that they meet.</summary>
    protected static async Task<T[]> AtOnce<T>(int count, Func<int, Task<T>> work)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tasks = Enumerable.Range(0, count).Select(i => Task.Run(async () =>
        {
            await signal.Task;
            return await work(i);
        })).ToArray();
        signal.SetResult();
        return await Task.WhenAll(tasks);
    }
}
