using TraceTrack.Caching;

namespace TraceTrack.Testing;

/// <summary>What every second tier keeps to. Derive from it and open your own; nothing else of the cache is needed.</summary>
public abstract class CacheTierContract : IAsyncLifetime
{
    private const string All = "all";
    private const string North = "north";
    private const string South = "south";

    private readonly List<Ear> _ears = [];
    private ICacheTier _one = null!;
    private ICacheTier _other = null!;
    private long _fresh = 1_000;

    /// <summary>Two connections, as of two processes, to one tier that is empty.</summary>
    protected abstract Task<(ICacheTier One, ICacheTier Other)> OpenAsync();

    /// <summary>Lets so much time pass for the tier; or waits for it.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    public async ValueTask InitializeAsync() => (_one, _other) = await OpenAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_one_fills_the_other_reads()
    {
        await FillAsync([All], Entry("b:1", 5), Entry("b:2", 6));
        var answer = await GetAsync(_other, [All], "b:2", "b:3", "b:1");
        Assert.Equal([6, null, 5], answer.Entries.Select(Version));
    }

    [Fact]
    public async Task An_envelope_comes_back_as_it_was()
    {
        byte[] envelope = [1, 0, 0, 0, 0, 0, 0, 0, 9, .. Enumerable.Range(0, 5_000).Select(i => (byte)i)];
        await FillAsync([All], new TierEntry("b:ÄÖ |{}\n*", 9, TimeSpan.FromMinutes(1), envelope));
        Assert.Equal(envelope, (await GetAsync(_other, [All], "b:ÄÖ |{}\n*")).Entries[0].ToArray());
    }

    [Fact]
    public async Task An_older_version_never_replaces_a_newer_one()
    {
        await FillAsync([All], Entry("b:1", 5));
        await FillAsync([All], Entry("b:1", 4));
        Assert.Equal(5, await VersionAsync("b:1"));
        await PutAsync(Entry("b:1", 3));
        Assert.Equal(5, await VersionAsync("b:1"));
        await PutAsync(Entry("b:1", 6));
        Assert.Equal(6, await VersionAsync("b:1"));
        await FillAsync([All], Entry("b:1", 6, mark: 1));
        Assert.Equal(1, (await GetAsync(_one, [All], "b:1")).Entries[0].Span[^1]);
    }

    [Fact]
    public async Task Versions_are_compared_as_numbers_of_any_size()
    {
        long[] rising = [0, 1, 255, 256, 65_536, (1L << 32) - 1, 1L << 32, 1L << 50, long.MaxValue];
        foreach (var version in rising)
        {
            await PutAsync(Entry("b:1", version));
            await PutAsync(Entry("b:1", Math.Max(0, version - (version == long.MaxValue ? version / 2 : 1))));
            Assert.Equal(version, await VersionAsync("b:1"));
        }
    }

    [Fact]
    public async Task An_entry_ends_after_its_time()
    {
        await FillAsync([All], Entry("b:1", 5) with { TimeToLive = TimeSpan.FromMilliseconds(200) }, Entry("b:2", 5));
        await PassAsync(TimeSpan.FromMilliseconds(400));
        Assert.Equal([null, 5], (await GetAsync(_one, [All], "b:1", "b:2")).Entries.Select(Version));
    }

    [Fact]
    public async Task A_load_that_began_before_a_bump_fills_nothing()
    {
        var before = await GetAsync(_one, [All], "b:1");
        await BumpAsync(All);
        await _one.FillAsync(new([All], before.Epochs, [Entry("b:1", 5)]), default);
        Assert.Null(await VersionAsync("b:1"));
    }

    [Fact]
    public async Task A_bump_voids_its_scope_and_no_other()
    {
        await FillAsync([All, North], Entry("q:1", 0));
        await FillAsync([All, South], Entry("q:2", 0));
        await BumpAsync(North);
        Assert.Null(Version((await GetAsync(_other, [All, North], "q:1")).Entries[0]));
        Assert.NotNull(Version((await GetAsync(_other, [All, South], "q:2")).Entries[0]));
        await BumpAsync(All);
        Assert.Null(Version((await GetAsync(_other, [All, South], "q:2")).Entries[0]));
    }

    [Fact]
    public async Task A_version_of_before_a_bump_stands_in_nobodys_way()
    {
        await PutAsync(Entry("b:1", 50));
        await BumpAsync(All);
        await PutAsync(Entry("b:1", 7));
        Assert.Equal(7, await VersionAsync("b:1"));
    }

    [Fact]
    public async Task Epochs_only_grow_whoever_asks()
    {
        var drawn = (await GetAsync(_one, [All, North])).Epochs;
        Assert.Equal(drawn, (await GetAsync(_other, [All, North])).Epochs);
        var bumped = await CommitAsync(_other, bumps: [new(North, 1)]);
        Assert.Equal([drawn[1] + 1], bumped);
        Assert.Equal([drawn[0], drawn[1] + 1], (await GetAsync(_one, [All, North])).Epochs);
        Assert.Equal([5_000_000], await CommitAsync(_one, bumps: [new(North, 5_000_000)]));
        Assert.Equal([7_000_000, 5_000_001], await CommitAsync(_one, bumps: [new(South, 7_000_000), new(North, 2)]));
    }

    [Fact]
    public async Task Puts_of_another_epoch_than_expected_are_deleted_instead()
    {
        await PutAsync(Entry("b:1", 5));
        var before = await EpochAsync();
        await BumpAsync(All);
        await FillAsync([All], Entry("b:1", 9), Entry("b:2", 9));
        await _one.CommitAsync(new(All, before, _fresh, [], [Entry("b:1", 6)], new byte[1]), default);
        Assert.Equal([null, 9], (await GetAsync(_one, [All], "b:1", "b:2")).Entries.Select(Version));
    }

    [Fact]
    public async Task Puts_and_a_bump_of_their_scope_in_one_commit_leave_the_puts_behind()
    {
        await FillAsync([All], Entry("b:1", 5), Entry("b:2", 5));
        await CommitAsync(_one, [new(All, _fresh)], [Entry("b:1", 6)]);
        Assert.Equal([6, null], (await GetAsync(_other, [All], "b:1", "b:2")).Entries.Select(Version));
    }

    [Fact]
    public async Task Every_listener_hears_every_commit_once_and_in_order_with_its_number_and_epochs()
    {
        var (here, there) = (await ListenAsync(_one), await ListenAsync(_other));
        var start = await _one.PulseAsync(All, _fresh, default);
        for (var i = 0; i < 50; i++)
            await CommitAsync(i % 2 == 0 ? _one : _other, body: [(byte)i]);
        var epochs = await CommitAsync(_one, bumps: [new(North, 1), new(All, 1)], body: [99]);
        foreach (var ear in new[] { here, there })
        {
            await ear.HearsAsync(51);
            Assert.Equal(Enumerable.Range(1, 51).Select(i => start.Number + i), ear.Heard.Select(heard => heard.Number));
            Assert.Equal([.. Enumerable.Range(0, 50).Select(i => (byte)i), 99], ear.Heard.Select(heard => Assert.Single(heard.Body)));
            Assert.Equal(epochs, ear.Heard[^1].Epochs);
        }

        Assert.Equal(new TierPulse(start.Number + 51, epochs[1]), await _other.PulseAsync(All, _fresh, default));
    }

    [Fact]
    public async Task A_pulse_tells_the_epoch_and_draws_one_when_there_is_none()
    {
        await ListenAsync(_one);
        await ListenAsync(_other);
        Assert.Equal(new TierPulse(0, 77), await _one.PulseAsync(South, 77, default));
        Assert.Equal(77, (await _other.PulseAsync(South, 88, default)).Epoch);
        Assert.Equal(77, (await _other.GetAsync(new([South], [], 99), default)).Epochs[0]);
    }

    [Fact]
    public async Task Under_a_crowd_the_newest_version_is_what_stays()
    {
        await EpochAsync();
        await Parallel.ForEachAsync(
            Enumerable.Range(1, 400).OrderBy(i => i * 7919 % 401),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, _) =>
            {
                var tier = i % 2 == 0 ? _one : _other;
                if (i % 3 == 0)
                    await tier.FillAsync(new([All], [await EpochAsync()], [Entry($"b:{i % 5}", i)]), default);
                else
                    await tier.CommitAsync(new(All, await EpochAsync(), 1, [], [Entry($"b:{i % 5}", i)], new byte[1]), default);
            });
        var answer = await GetAsync(_one, [All], "b:0", "b:1", "b:2", "b:3", "b:4");
        Assert.Equal([400, 396, 397, 398, 399], answer.Entries.Select(Version));
    }

    private static TierEntry Entry(string key, long version, byte mark = 0)
    {
        // As the cache's envelopes: the version stands in the second to ninth byte.
        var envelope = new byte[10];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(envelope.AsSpan(1), version);
        (envelope[0], envelope[9]) = (1, mark);
        return new(key, version, TimeSpan.FromMinutes(1), envelope);
    }

    private static long? Version(ReadOnlyMemory<byte> envelope) =>
        envelope.IsEmpty ? null : System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(envelope.Span[1..]);

    private ValueTask<TierAnswer> GetAsync(ICacheTier tier, string[] scopes, params string[] keys) => tier.GetAsync(new(scopes, keys, ++_fresh), default);

    private async Task<long?> VersionAsync(string key) => Version((await GetAsync(_other, [All], key)).Entries[0]);

    private async Task<long> EpochAsync() => (await GetAsync(_one, [All])).Epochs[0];

    private async Task FillAsync(string[] scopes, params TierEntry[] entries) =>
        await _one.FillAsync(new(scopes, (await GetAsync(_one, scopes)).Epochs, entries), default);

    private async Task PutAsync(TierEntry entry) => await CommitAsync(_one, puts: [entry]);

    private async Task BumpAsync(string scope) => await CommitAsync(_one, bumps: [new(scope, 1)]);

    private async Task<IReadOnlyList<long>> CommitAsync(
        ICacheTier tier, TierBump[]? bumps = null, TierEntry[]? puts = null, byte[]? body = null) =>
        await tier.CommitAsync(new(All, await EpochAsync(), ++_fresh, bumps ?? [], puts ?? [], body ?? [0]), default);

    private async Task<Ear> ListenAsync(ICacheTier tier)
    {
        var ear = new Ear();
        _ears.Add(ear);
        await tier.ListenAsync(ear, default);
        return ear;
    }

    private sealed class Ear : ITierListener
    {
        private readonly Lock _gate = new();
        private readonly List<(long Number, long[] Epochs, byte[] Body)> _heard = [];

        public IReadOnlyList<(long Number, long[] Epochs, byte[] Body)> Heard
        {
            get
            {
                lock (_gate)
                    return [.. _heard];
            }
        }

        public void Receive(TierMessage message)
        {
            lock (_gate)
                _heard.Add((message.Number, [.. message.Epochs], message.Body.ToArray()));
        }

        public void Interrupted()
        {
            // Nothing breaks here.
        }

        public async Task HearsAsync(int count)
        {
            for (var deadline = Environment.TickCount64 + 20_000; Heard.Count < count; await Task.Delay(5))
                Assert.True(Environment.TickCount64 < deadline, $"It heard {Heard.Count} of {count} messages within 20 seconds.");
        }
    }
}
