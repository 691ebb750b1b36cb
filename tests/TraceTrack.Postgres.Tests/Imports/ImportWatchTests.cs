using Microsoft.Extensions.Time.Testing;
using TraceTrack.Imports;

namespace TraceTrack.Postgres.Tests.Imports;

public sealed class ImportWatchTests
{
    [Fact]
    public void Progress_is_told_every_50_000_rows_and_sooner_when_they_come_slowly()
    {
        var clock = new FakeTimeProvider();
        var told = new List<long>();
        var watch = new ImportWatch(clock, new Recorder(told));
        for (var row = 0; row < 60_000; row++)
        {
            // A hundred rows a second for the first 4,000.
            if (row < 4_000)
                clock.Advance(TimeSpan.FromMilliseconds(10));
            watch.Next();
        }

        Assert.Equal([1_000, 2_000, 3_000, 4_000, 50_000], told);
    }

    private sealed class Recorder(List<long> told) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => told.Add(value.RowsRead);
    }
}
