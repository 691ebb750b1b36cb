using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TraceTrack.Bags;

namespace TraceTrack.Caching.Tiers;

public sealed class TieredCacheTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(Rows.Noon);
    private readonly RecordingTier _tier;
    private readonly ConcurrentQueue<string[]> _loads = [];
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TraceTrackMeter _meter = new(null);
    private readonly CacheMetrics _metrics;
    private readonly CacheTime _time;
    private readonly TieredCache<Bag> _cache;

    public TieredCacheTests()
    {
        _metrics = new(_meter);
        _tier = new(_clock);
        _time = new(_clock, TimeSpan.FromSeconds(5));
        _time.Start(() => { });
        _cache = Open();
    }

    public void Dispose()
    {
        _cache.Dispose();
        _time.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public async Task Many_keys_cost_one_question_to_the_second_tier_and_one_to_the_store()
    {
        _gate.SetResult();
        await _cache.GetManyAsync(["CB1"], LoadAsync, default);
        await SetAsync("CB2", 20, Rows.Noon.AddMinutes(1));
        var bags = await _cache.GetManyAsync(["CB1", "CB2", "CB3", "NONE", "CB3", "CB4"], LoadAsync, default);
        Assert.Equal([1, 20, 3, null, 3, 4], bags.Select(bag => bag?.Version));
        Assert.Equal(["b:CB1", "b:CB2 b:CB3 b:NONE b:CB4"], _tier.Gets.Select(keys => string.Join(' ', keys)));
        Assert.Equal(["CB1", "CB3 NONE CB4"], _loads.Select(keys => string.Join(' ', keys)));
    }

    [Fact]
    public async Task What_the_store_gave_is_in_both_tiers_and_asked_for_no_more()
    {
        _gate.SetResult();
        await _cache.GetManyAsync(["CB1", "CB2"], LoadAsync, default);
        Assert.True(_cache.TryGet("CB1", out var bag) && bag!.Version == 1);
        await Eventually.HoldsAsync(() => !_tier.Fills.IsEmpty);
        using var otherNode = Open();
        Assert.Equal([1, 2], (await otherNode.GetManyAsync(["CB1", "CB2"], LoadAsync, default)).Select(found => found!.Version));
        Assert.Single(_loads);
    }

    [Fact]
    public async Task What_the_second_tier_gave_by_the_hundred_is_kept_soon_and_meanwhile_asked_for_no_more()
    {
        string[] keys = [.. Enumerable.Range(1, 100).Select(i => $"CB{i}")];
        for (var i = 0; i < keys.Length; i++)
            await SetAsync(keys[i], i + 1, Rows.Noon.AddMinutes(1));
        for (var i = 0; i < 3; i++)
            Assert.Equal(Enumerable.Range(1, 100), (await _cache.GetManyAsync(keys, LoadAsync, default)).Select(bag => (int)bag!.Version));
        await Eventually.HoldsAsync(() => keys.All(key => _cache.TryGet(key, out _)));
        Assert.Single(_tier.Gets);
        Assert.Empty(_loads);
    }

    [Fact]
    public async Task A_thousand_callers_of_one_key_cost_one_load()
    {
        var callers = Enumerable.Range(0, 1_000).Select(_ => Task.Run(() => _cache.LoadAsync("CB1", LoadAsync, default).AsTask())).ToArray();
        while (_loads.IsEmpty)
            await Task.Yield();
        _gate.SetResult();
        Assert.All(await Task.WhenAll(callers), bag => Assert.Equal(1, bag!.Version));
        Assert.Single(_loads);
        Assert.Single(_tier.Gets);
    }

    [Fact]
    public async Task One_who_cancels_goes_alone()
    {
        using var impatience = new CancellationTokenSource();
        var impatient = _cache.LoadAsync("CB1", LoadAsync, impatience.Token).AsTask();
        var patient = _cache.LoadAsync("CB1", LoadAsync, default).AsTask();
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        _gate.SetResult();
        Assert.Equal(1, (await patient)!.Version);
        Assert.Single(_loads);
    }

    [Fact]
    public async Task A_failure_reaches_all_who_asked_and_is_not_kept()
    {
        var fails = true;
        async ValueTask<IReadOnlyList<Bag?>> Load(IReadOnlyList<string> keys, CancellationToken token) =>
            fails ? throw new TimeoutException("away") : await LoadAsync(keys, token);

        await Assert.ThrowsAsync<TimeoutException>(() => _cache.GetManyAsync(["CB1", "CB2"], Load, default).AsTask());
        await Assert.ThrowsAsync<TimeoutException>(() => _cache.LoadAsync("CB1", Load, default).AsTask());
        fails = false;
        _gate.SetResult();
        Assert.Equal(1, (await _cache.LoadAsync("CB1", Load, default))!.Version);
    }

    [Fact]
    public async Task A_lost_second_tier_is_a_miss()
    {
        _gate.SetResult();
        _tier.Before = () => throw new TimeoutException("away");
        Assert.Equal(1, (await _cache.LoadAsync("CB1", LoadAsync, default))!.Version);
        Assert.True(_cache.TryGet("CB1", out _));
        Assert.Empty(_tier.Fills);
    }

    [Fact]
    public async Task Bytes_that_cannot_be_read_are_a_miss_and_mended()
    {
        _gate.SetResult();
        await _tier.SetAsync("b:CB1", 1, [99, 1, 2, 3]);
        Assert.Equal(1, (await _cache.LoadAsync("CB1", LoadAsync, default))!.Version);
        await Eventually.HoldsAsync(() => !_tier.Fills.IsEmpty);
        using var otherNode = Open();
        await otherNode.LoadAsync("CB1", LoadAsync, default);
        Assert.Single(_loads);
    }

    [Fact]
    public async Task An_entry_in_memory_does_not_outlive_the_one_it_came_from()
    {
        _gate.SetResult();
        await SetAsync("CB1", 20, Rows.Noon.AddSeconds(10));
        Assert.Equal(20, (await _cache.LoadAsync("CB1", LoadAsync, default))!.Version);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.False(_cache.TryGet("CB1", out _));
        Assert.Equal(1, (await _cache.LoadAsync("CB1", LoadAsync, default))!.Version);
    }

    [Fact]
    public async Task An_entry_that_a_write_has_overtaken_on_its_way_is_a_miss()
    {
        var asked = new TaskCompletionSource();
        await SetAsync("CB1", 0, Rows.Noon.AddMinutes(1));
        _tier.After = () => asked.Task;
        var reading = _cache.LoadAsync("CB1", LoadAsync, default).AsTask();
        _cache.Memory.Fence("CB1", 1);
        _gate.SetResult();
        asked.SetResult();
        Assert.Equal(1, (await reading)!.Version);
        Assert.True(_cache.TryGet("CB1", out var kept) && kept!.Version == 1);
    }

    [Fact]
    public async Task Absence_is_remembered_for_its_own_short_time()
    {
        _gate.SetResult();
        Assert.Null(await _cache.LoadAsync("NONE", LoadAsync, default));
        Assert.True(_cache.TryGet("NONE", out var bag));
        Assert.Null(bag);
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.False(_cache.TryGet("NONE", out _));
        await _cache.LoadAsync("NONE", LoadAsync, default);
        Assert.Equal(2, _loads.Count);
    }

    [Fact]
    public async Task What_is_asked_for_near_its_end_is_loaded_anew_in_one_statement()
    {
        _gate.SetResult();
        var refreshed = 0;
        using var listener = Listen(CachingDiagnostics.Refreshes, keys => refreshed += keys);
        string[] hot = ["CB1", "CB2", "CB3"];
        await _cache.GetManyAsync([.. hot, "CB4"], LoadAsync, default);
        _cache.Source = LoadAsync;
        _cache.Refresh();
        _clock.Advance(TimeSpan.FromMinutes(8.7));
        foreach (var qr in hot)
            Assert.True(_cache.TryGet(qr, out _));
        _cache.Refresh();
        await Eventually.HoldsAsync(() => _loads.Count == 2);
        Assert.Equal(hot, _loads.Last());
        Assert.Equal(hot.Length, refreshed);
        await Eventually.HoldsAsync(() => _tier.Fills.Count == 2);
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.All(hot, qr => Assert.True(_cache.TryGet(qr, out _)));
        Assert.False(_cache.TryGet("CB4", out _));
    }

    [Fact]
    public async Task When_the_store_fails_what_has_ended_is_still_answered_for_a_while_and_counted()
    {
        var stale = 0;
        using var listener = Listen(CachingDiagnostics.StaleAnswers, keys => stale += keys);
        _gate.SetResult();
        await _cache.GetManyAsync(["CB1", "NONE"], LoadAsync, default);
        _clock.Advance(TimeSpan.FromMinutes(10.5));
        Assert.Equal(1, (await _cache.LoadAsync("CB1", FailAsync, default))!.Version);
        Assert.Equal(1, stale);
        await Assert.ThrowsAsync<TimeoutException>(() => _cache.LoadAsync("NONE", FailAsync, default).AsTask());
        await Assert.ThrowsAsync<TimeoutException>(() => _cache.LoadAsync("CB2", FailAsync, default).AsTask());
        _clock.Advance(TimeSpan.FromMinutes(2));
        await Assert.ThrowsAsync<TimeoutException>(() => _cache.LoadAsync("CB1", FailAsync, default).AsTask());
        Assert.Equal(1, stale);

        static ValueTask<IReadOnlyList<Bag?>> FailAsync(IReadOnlyList<string> keys, CancellationToken token) => throw new TimeoutException("away");
    }

    [Fact]
    public async Task An_entry_of_the_second_tier_that_is_older_than_a_write_known_here_is_a_miss()
    {
        _gate.SetResult();
        await SetAsync("CB7", 3, Rows.Noon.AddMinutes(5));
        _cache.Memory.Fence("CB7", 7);
        Assert.Equal(7, (await _cache.LoadAsync("CB7", LoadAsync, default))!.Version);
        Assert.Single(_loads);
    }

    private MeterListener Listen(string name, Action<int> count)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == _meter.Meter && instrument.Name == name)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => count((int)value));
        listener.Start();
        return listener;
    }

    private Task SetAsync(string qr, long version, DateTimeOffset endsAt) =>
        _tier.SetAsync($"b:{qr}", version, Envelope.Write(new BagCodec(), new(), Rows.Bag(qr, version), version, endsAt));

    private TieredCache<Bag> Open()
    {
        var lifetimes = new CacheLifetimes(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), IsRefreshed: true);
        var shared = new SharedTier(_tier, new() { OperationTimeout = TimeSpan.FromSeconds(10) }, TimeSpan.FromSeconds(5), TimeProvider.System, _metrics, NullLogger<SharedTier>.Instance);
        return new(new BagCodec(), new(new BagCodec(), 10_000_000, lifetimes, _time), shared, lifetimes, _time, _metrics.Of(BagCodec.Letter));
    }

    private async ValueTask<IReadOnlyList<Bag?>> LoadAsync(IReadOnlyList<string> keys, CancellationToken token)
    {
        _loads.Enqueue([.. keys]);
        await _gate.Task;
        return [.. keys.Select(key => key == "NONE" ? null : Rows.Bag(key, key[2] - '0'))];
    }
}
