using TraceTrack.Bags;
using TraceTrack.Exports;
using TraceTrack.Imports;

namespace TraceTrack.Testing;

/// <summary>Measures the memory of the whole process: to be run alone.</summary>
public abstract class ExportMemoryContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    private const int Bags = 200_000;

    /// <summary>Room for a reference to each bag, which the in-memory store notes, and not for the lines: they are over ten million bytes.</summary>
    private const long MostKept = 2_000_000;

    [Fact]
    public async Task An_export_keeps_no_lines_in_memory()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync([.. Enumerable.Range(0, Bags).Select(i => new BagRow(i % 31 == 0 ? $"SB{i}" : $"CHILD-{i:000000}", i % 31 == 0 ? null : $"SB{i / 31 * 31}"))]);
        // Once before, so that what is made once is there.
        await warehouse.System.Exports.ExportAsync(BagFilter.All, ExportFormat.NdJson, Stream.Null);
        using var destination = new Watched();
        Assert.Equal(Bags, await warehouse.System.Exports.ExportAsync(BagFilter.All, ExportFormat.NdJson, destination));
        Assert.True(destination.Written > 10_000_000);
        Assert.InRange(destination.LargestWrite, 1, 256 * 1024);
        Assert.True(destination.MostKept < MostKept, $"{destination.MostKept:N0} bytes more were in use in the middle of an export of {Bags:N0} bags.");
    }

    private sealed class Watched : Stream
    {
        private const int Every = 2_000_000;
        private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);
        private long _next = Every;

        public long Written { get; private set; }

        public int LargestWrite { get; private set; }

        public long MostKept { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Written;

        public override long Position { get => Written; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => Take(count);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Take(buffer.Length);
            return default;
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        private void Take(int count)
        {
            Written += count;
            LargestWrite = Math.Max(LargestWrite, count);
            if (Written < _next)
                return;
            _next += Every;
            MostKept = Math.Max(MostKept, GC.GetTotalMemory(forceFullCollection: true) - _before);
        }
    }
}
