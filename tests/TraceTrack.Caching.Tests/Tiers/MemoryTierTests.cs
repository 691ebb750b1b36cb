using Microsoft.Extensions.Time.Testing;
using TraceTrack.Bags;

namespace TraceTrack.Caching.Tiers;

public sealed partial class MemoryTierTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private readonly FakeTimeProvider _clock = new(Rows.Noon);
    private readonly CacheTime _time;
    private readonly MemoryTier<Bag> _memory;

    public MemoryTierTests()
    {
        _time = new(_clock, TimeSpan.FromSeconds(5));
        _time.Start(() => { });
        _memory = Open(10_000_000);
    }

    public void Dispose()
    {
        _memory.Dispose();
        _time.Dispose();
    }

    [Fact]
    public void What_was_loaded_is_kept_for_its_time()
    {
        Load("CB1", 1);
        Assert.Equal(1, Kept("CB1"));
        _clock.Advance(Long);
        Assert.Null(Kept("CB1"));
    }

    [Fact]
    public void A_time_is_shortened_by_a_tenth_at_most()
    {
        for (var i = 0; i < 200; i++)
            Load($"CB{i}", 1);
        _clock.Advance((Long * 0.9) - (2 * CacheTime.Step));
        Assert.All(Enumerable.Range(0, 200), i => Assert.NotNull(Kept($"CB{i}")));
        _clock.Advance(Long * 0.05);
        Assert.InRange(Enumerable.Range(0, 200).Count(i => Kept($"CB{i}") is not null), 30, 170);
    }

    [Fact]
    public void An_older_row_never_replaces_a_newer_one()
    {
        Put("CB1", 5);
        Put("CB1", 4);
        Assert.Equal(5, Kept("CB1"));
        Load("CB1", 3);
        Assert.Equal(5, Kept("CB1"));
        Put("CB1", 6);
        Assert.Equal(6, Kept("CB1"));
    }

    [Fact]
    public async Task A_load_that_began_before_a_write_answers_its_caller_and_is_not_kept()
    {
        var flight = _memory.Join("CB1", out _);
        _memory.Fence("CB1", 2);
        Assert.False(Land(flight, 1));
        Assert.Equal(1, (await flight.WhenDone())!.Version);
        Assert.Null(Kept("CB1"));
    }

    [Fact]
    public void A_load_that_saw_the_write_is_kept_although_it_began_before()
    {
        var flight = _memory.Join("CB1", out _);
        _memory.Fence("CB1", 2);
        Assert.True(Land(flight, 2));
        Assert.Equal(2, Kept("CB1"));
    }

    [Fact]
    public void Who_asks_after_a_write_does_not_join_a_load_of_before()
    {
        var before = _memory.Join("CB1", out _);
        Assert.Same(before, _memory.Join("CB1", out var begun));
        Assert.False(begun);
        _memory.Fence("CB1", 2);
        var after = _memory.Join("CB1", out begun);
        Assert.True(begun);
        Assert.NotSame(before, after);
        Land(before, 1);
        Assert.Same(after, _memory.Join("CB1", out _));
        Assert.True(Land(after, 2));
        Assert.Equal(2, Kept("CB1"));
    }

    [Fact]
    public void A_fence_forgets_what_is_older_and_nothing_else()
    {
        Put("CB1", 5);
        _memory.Fence("CB1", 5);
        Assert.Equal(5, Kept("CB1"));
        _memory.Fence("CB1", 6);
        Assert.Null(Kept("CB1"));
    }

    [Fact]
    public void Clearing_forgets_everything_and_voids_loads_under_way()
    {
        Put("CB1", 5);
        var flight = _memory.Join("CB2", out _);
        _time.Forget();
        _memory.Clear();
        Assert.False(Land(flight, 9));
        Assert.Null(Kept("CB1"));
        Assert.Null(Kept("CB2"));
        Load("CB2", 9);
        Assert.Equal(9, Kept("CB2"));
    }

    [Fact]
    public async Task A_failed_load_is_every_callers_and_the_next_one_begins_anew()
    {
        var flight = _memory.Join("CB1", out _);
        flight.Fail(new InvalidOperationException("away"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => flight.WhenDone());
        _memory.Join("CB1", out var begun);
        Assert.True(begun);
    }

    [Fact]
    public void Absence_is_kept_until_there_is_a_row()
    {
        _memory.Land(_memory.Join("CB1", out _), null, 0, End(Long));
        Assert.True(_memory.TryGet("CB1", out var entry));
        Assert.Null(entry.Value);
        Put("CB1", 1);
        Assert.Equal(1, Kept("CB1"));
    }

    [Fact]
    public void What_was_deleted_is_not_brought_back_by_what_was_read_before()
    {
        Put("CB1", 5);
        var loading = _memory.Join("CB2", out _);
        foreach (var qr in new[] { "CB1", "CB2" })
            _memory.Put(qr, null, 7, End(Long), _time.Generation);
        // A load that began before, and a scan that saw the bag and is late to say so.
        Assert.False(Land(loading, 6));
        Put("CB1", 6);
        foreach (var qr in new[] { "CB1", "CB2" })
        {
            Assert.True(_memory.TryGet(qr, out var entry));
            Assert.Equal((null, 7), (entry.Value, entry.Version));
        }

        Put("CB1", 8);
        Assert.Equal(8, Kept("CB1"));
    }

    [Fact]
    public void A_load_whose_place_another_took_is_not_kept_whatever_it_saw()
    {
        var first = _memory.Join("CB1", out _);
        _memory.Fence("CB1", 2);
        var second = _memory.Join("CB1", out _);
        // Registered again at 3, which the first load still saw, and deleted at 4, of which only the second one hears.
        _memory.Fence("CB1", 4);
        Assert.False(Land(first, 3));
        Assert.Null(Kept("CB1"));
        Assert.True(Land(second, 5));
        Assert.Equal(5, Kept("CB1"));
    }

    [Fact]
    public void It_stays_within_its_budget()
    {
        using var small = Open(100_000);
        for (var i = 0; i < 5_000; i++)
            small.Put($"CB{i}", Rows.Bag($"CB{i}", 1), 1, End(Long), _time.Generation);
        Assert.InRange(small.Bytes, 1, 100_000);
        Assert.InRange(small.Count, 1, 200);
    }

    [Fact]
    public void A_hit_allocates_nothing()
    {
        Put("CB1", 5);
        var qr = QrCode.Parse("CB1");
        for (var i = 0; i < 100; i++)
            _memory.TryGet(qr.Value, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            _memory.TryGet(qr.Value, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private MemoryTier<Bag> Open(long bytes) => new(new BagCodec(), bytes, new(Long, Long, TimeSpan.Zero, TimeSpan.FromMinutes(2), IsRefreshed: true), _time);

    private DateTimeOffset End(TimeSpan life) => _clock.GetUtcNow() + _time.Jitter(life);

    private bool Land(Flight<Bag> flight, long version) => _memory.Land(flight, Rows.Bag(flight.Key, version), version, End(Long));

    private bool Believes(Flight<Bag> flight, long version) => Believes(_memory, flight, version);

    private bool Believes(MemoryTier<Bag> memory, Flight<Bag> flight, long version)
    {
        if (!flight.TryAnswer(Rows.Bag(flight.Key, version), version, End(Long)))
            return false;
        memory.KeepAnswered(flight);
        return true;
    }

    private void Put(string qr, long version) => _memory.Put(qr, Rows.Bag(qr, version), version, End(Long), _time.Generation);

    private void Offer(string qr, long version, long generation) => _memory.Offer(qr, Rows.Bag(qr, version), version, End(Long), generation);

    private void Load(string qr, long version) => Land(_memory.Join(qr, out _), version);

    private long? Kept(string qr) => _memory.TryGet(qr, out var entry) ? entry.Value?.Version : null;
}
