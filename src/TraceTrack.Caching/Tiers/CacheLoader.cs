namespace TraceTrack.Caching;

/// <summary>Loads some keys of one kind. It runs on whatever becomes of those who asked, and never throws: each flight lands or fails.</summary>
internal sealed class CacheLoader<T>(
    CacheCodec<T> codec, MemoryTier<T> memory, SharedTier? shared, CacheLifetimes lifetimes, CacheTime time, KindMetrics metrics, Action<Action>? later)
    where T : class
{
    /// <summary>From so many entries on whoever asked is answered before memory keeps them. For a few, handing over takes longer.</summary>
    private const int KeptLater = 16;

    /// <param name="flights">What to load; none of them repeats.</param>
    /// <param name="load">Asks the store.</param>
    /// <param name="isRefresh">Whether what is in memory, and an entry of the second tier as old as that, is good still.</param>
    /// <returns>When all have landed or failed. The second tier is filled after that.</returns>
    public async Task LandAsync(List<Flight<T>> flights, CacheLoad<T> load, bool isRefresh)
    {
        // Lives are counted from before the question: however long the answer takes, it lives no longer for that.
        var begunAt = time.Exact;
        var rest = flights;
        try
        {
            var answer = TierAnswer.Nothing;
            if (shared is not null)
            {
                answer = await shared.GetAsync(codec.ScopesOf(flights[0].Key), Keys(flights)).ConfigureAwait(false);
                rest = LandShared(answer, flights, begunAt, isRefresh);
                if (rest.Count == 0)
                    return;
            }

            var values = await LoadAsync(rest, load).ConfigureAwait(false);
            var kept = LandAll(rest, values, begunAt);
            rest = [];
            if (!answer.IsNothing && kept.Count > 0)
                _ = FillAsync(answer, kept);
        }
        catch (Exception error)
        {
            FailAll(rest, error, isRefresh);
        }
    }

    /// <summary>Gives the second tier what was loaded. Whoever waited for the load goes on meanwhile.</summary>
    private async Task FillAsync(TierAnswer answer, List<(string Key, T? Value, long Version, DateTimeOffset EndsAt)> kept)
    {
        if (memory.Continuations == TaskCreationOptions.RunContinuationsAsynchronously)
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await shared!.FillAsync(new(codec.ScopesOf(kept[0].Key), answer.Epochs, Entries(kept))).ConfigureAwait(false);
    }

    private async ValueTask<IReadOnlyList<T?>> LoadAsync(List<Flight<T>> flights, CacheLoad<T> load)
    {
        using var activity = CacheTrace.Load(metrics.Name, flights.Count);
        var begun = metrics.Loading(flights.Count);
        try
        {
            return await load(flights.ConvertAll(static flight => flight.Key), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            activity.Failed(error);
            throw;
        }
        finally
        {
            metrics.Loaded(begun);
        }
    }

    /// <summary>Lands what the second tier has, except what a write has made old meanwhile.</summary>
    /// <returns>What is missing.</returns>
    private List<Flight<T>> LandShared(TierAnswer answer, List<Flight<T>> flights, DateTimeOffset begunAt, bool isRefresh)
    {
        if (answer.IsNothing)
            return flights;
        var least = time.Exact + (isRefresh ? lifetimes.Memory * (1 - CacheLifetimes.RefreshedAfter) : TimeSpan.Zero);
        var rest = new List<Flight<T>>();
        var texts = new PayloadTexts();
        for (var i = 0; i < flights.Count; i++)
        {
            texts.Expect(CacheCodec.KeySlot, flights[i].Key);
            if (answer.Entries[i].IsEmpty
                || !Envelope.TryRead(codec, answer.Entries[i].Span, out var value, out var version, out var endsAt, texts)
                || endsAt <= least
                || !flights[i].TryAnswer(value, version, Earlier(time.EndIn(Memory(value), begunAt), endsAt)))
            {
                rest.Add(flights[i]);
            }
        }

        var found = flights.Count - rest.Count;
        metrics.SharedHits(found);
        if (later is not null)
            KeepLater(flights, later);
        else if (found >= KeptLater)
            ThreadPool.UnsafeQueueUserWorkItem(KeepAnswered, flights, preferLocal: true);
        else
            KeepAnswered(flights);
        return rest;
    }

    private void KeepLater(List<Flight<T>> flights, Action<Action> when) => when(() => KeepAnswered(flights));

    /// <summary>Has memory keep what was answered from the second tier.</summary>
    private void KeepAnswered(List<Flight<T>> flights)
    {
        try
        {
            foreach (var flight in flights)
                memory.KeepAnswered(flight);
        }
        catch (ObjectDisposedException)
        {
            // The application ends, and those who asked have their answer.
        }
    }

    /// <returns>What the second tier may keep.</returns>
    private List<(string Key, T? Value, long Version, DateTimeOffset EndsAt)> LandAll(
        List<Flight<T>> flights, IReadOnlyList<T?> values, DateTimeOffset begunAt)
    {
        var kept = new List<(string, T?, long, DateTimeOffset)>(shared is null ? 0 : flights.Count);
        for (var i = 0; i < flights.Count; i++)
        {
            var version = values[i] is { } row ? codec.VersionOf(row) : 0;
            if (memory.Land(flights[i], values[i], version, time.EndIn(Memory(values[i]), begunAt)) && shared is not null)
                kept.Add((flights[i].Key, values[i], version, begunAt + time.Jitter(Shared(values[i]))));
        }

        return kept;
    }

    private List<TierEntry> Entries(List<(string Key, T? Value, long Version, DateTimeOffset EndsAt)> kept)
    {
        var now = time.Exact;
        var buffer = new PayloadWriter();
        var entries = new List<TierEntry>(kept.Count);
        foreach (var (key, value, version, endsAt) in kept)
        {
            if (endsAt > now)
                entries.Add(new(CacheKeys.Shared(codec, key), version, endsAt - now, Envelope.Write(codec, buffer, value, version, endsAt)));
        }

        return entries;
    }

    /// <summary>Those who asked get the error, or what memory had before it ended.</summary>
    private void FailAll(List<Flight<T>> flights, Exception error, bool isRefresh)
    {
        var stale = 0;
        foreach (var flight in flights)
        {
            if (!isRefresh && error is not TraceTrackException && memory.TryLandStale(flight))
                stale++;
            else
                flight.Fail(error);
        }

        metrics.Stale(stale);
    }

    private string[] Keys(List<Flight<T>> flights)
    {
        var keys = new string[flights.Count];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = CacheKeys.Shared(codec, flights[i].Key);
        return keys;
    }

    private TimeSpan Memory(T? value) => value is null && lifetimes.Absence < lifetimes.Memory ? lifetimes.Absence : lifetimes.Memory;

    private TimeSpan Shared(T? value) => value is null && lifetimes.Absence < lifetimes.Shared ? lifetimes.Absence : lifetimes.Shared;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
