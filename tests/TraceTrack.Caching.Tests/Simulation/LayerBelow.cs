namespace TraceTrack.Caching.Simulation;

/// <summary>Between a node's cache and the store: calls take their time on the way there and back, and may fail on either.</summary>
/// <param name="time">What the node waits.</param>
/// <param name="history">What is written.</param>
/// <param name="passAsync">Takes its time on one of the two ways, or throws; told whether it is a write's way back.</param>
internal sealed class LayerBelow(StoreTime time, History history, Func<StoreWay, ValueTask> passAsync) : StoreLayer
{
    public override ValueTask<T> ReadAsync<T>(IReadOnlyList<string> keys, Func<ValueTask<T>> read, Func<T, int, object?> valueOf) =>
        RunAsync(read, StoreWay.ToRead, StoreWay.FromRead);

    public override ValueTask<T> WriteAsync<T>(string name, Func<ValueTask<T>> write, Func<T, IEnumerable<(string Key, object Row)>>? shown = null) =>
        RunAsync(() => new ValueTask<T>(history.Commit(() => SharedStore.Now(write()))), StoreWay.ToWrite, StoreWay.FromWrite);

    private async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> run, StoreWay there, StoreWay back)
    {
        time.Begin();
        var hasFailed = true;
        try
        {
            await passAsync(there);
            var answer = await run();
            await passAsync(back);
            hasFailed = false;
            return answer;
        }
        catch (TraceTrackException)
        {
            hasFailed = false;
            throw;
        }
        finally
        {
            time.End(hasFailed);
        }
    }
}

/// <summary>Where a call of the store is.</summary>
internal enum StoreWay
{
    ToRead,
    FromRead,
    ToWrite,
    FromWrite,
}
