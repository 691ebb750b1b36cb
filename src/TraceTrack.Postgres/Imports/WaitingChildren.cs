using System.Buffers.Binary;
using System.Text;

namespace TraceTrack.Postgres;

/// <summary>A child whose parent's own row had not come yet.</summary>
/// <param name="Ordinal">Its place in the file.</param>
/// <param name="Qr">Its code.</param>
/// <param name="Parent">The parent's index in the <see cref="ParentTable"/>.</param>
/// <param name="Grams">Its weight.</param>
internal readonly record struct WaitingChild(long Ordinal, string Qr, int Parent, long Grams);

/// <summary>The children that came before their parents, on disk when they are many: they are sent when all rows are read.</summary>
internal sealed class WaitingChildren : IAsyncDisposable
{
    private readonly SpillFile _rows = new();

    public ValueTask AddAsync(in WaitingChild child, CancellationToken cancellationToken)
    {
        var rows = _rows.Rows;
        rows.Int64(child.Ordinal);
        rows.Int32(child.Parent);
        rows.Int32((int)child.Grams);
        rows.Text(child.Qr);
        return _rows.SpillIfFullAsync(cancellationToken);
    }

    /// <summary>All of them, in the order of the file.</summary>
    public IAsyncEnumerable<WaitingChild> ReadAsync(CancellationToken cancellationToken) => _rows.ReadAsync<WaitingChild>(TryRead, cancellationToken);

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    /// <summary>Reads what <see cref="CopyBuffer"/> wrote: each field with its length before it.</summary>
    private static bool TryRead(ReadOnlySpan<byte> bytes, out WaitingChild child, out int length)
    {
        const int Fixed = 12 + 8 + 8 + 4;
        (child, length) = (default, 0);
        if (bytes.Length < Fixed)
            return false;
        var text = BinaryPrimitives.ReadInt32BigEndian(bytes[(Fixed - 4)..]);
        if (bytes.Length < Fixed + text)
            return false;
        child = new(
            BinaryPrimitives.ReadInt64BigEndian(bytes[4..]),
            Encoding.ASCII.GetString(bytes.Slice(Fixed, text)),
            BinaryPrimitives.ReadInt32BigEndian(bytes[16..]),
            BinaryPrimitives.ReadInt32BigEndian(bytes[24..]));
        length = Fixed + text;
        return true;
    }
}
