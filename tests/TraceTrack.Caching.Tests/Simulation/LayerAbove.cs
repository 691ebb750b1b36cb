namespace TraceTrack.Caching.Simulation;

/// <summary>Above a node's cache: notes what is asked and answered, and that nobody fails or waits because of the second tier.</summary>
internal sealed class LayerAbove(int node, StoreTime time, History history, Func<long> now) : StoreLayer
{
    public override async ValueTask<T> ReadAsync<T>(IReadOnlyList<string> keys, Func<ValueTask<T>> read, Func<T, int, object?> valueOf)
    {
        var reads = new History.ReadOperation[keys.Count];
        for (var i = 0; i < reads.Length; i++)
            reads[i] = history.BeginRead(node, keys[i]);
        var failures = time.Failures;
        var answer = await WatchAsync(keys[0], read);
        for (var i = 0; i < reads.Length; i++)
            history.EndRead(reads[i], valueOf(answer, i), time.Failures > failures);
        return answer;
    }

    public override async ValueTask<T> WriteAsync<T>(string name, Func<ValueTask<T>> write, Func<T, IEnumerable<(string Key, object Row)>>? shown = null)
    {
        var operation = new WriteOperation(node, name);
        WriteOperation.Current = operation;
        try
        {
            var answer = await WatchAsync(name, write);
            foreach (var (key, row) in shown?.Invoke(answer) ?? [])
                history.Shown(node, key, row);
            return answer;
        }
        finally
        {
            history.Returned(operation);
        }
    }

    private async ValueTask<T> WatchAsync<T>(string what, Func<ValueTask<T>> run)
    {
        var (begun, before) = (now(), time.Total);
        try
        {
            return await run();
        }
        catch (Exception error) when (error is not (TraceTrackException or StoreFault))
        {
            history.Break($"node {node}: {what} failed, and not for the store: {error}");
            throw;
        }
        finally
        {
            var waited = now() - begun - (time.Total - before);
            if (waited > history.Bounds.Wait)
                history.Break($"node {node}: {what} waited {TimeSpan.FromTicks(waited)} beside what the store took.");
        }
    }
}
