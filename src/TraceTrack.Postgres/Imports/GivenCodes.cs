using System.Buffers.Binary;
using System.Text;

namespace TraceTrack.Postgres;

/// <summary>
/// The codes that were not given in their normal form, by ordinal: a refused row's result shows its code as given, and which rows the
/// checks among rows refuse is known only at the end.
/// </summary>
internal sealed class GivenCodes : IAsyncDisposable
{
    private readonly SpillFile _rows = new();

    public bool Any { get; private set; }

    public ValueTask AddAsync(long ordinal, string given, CancellationToken cancellationToken)
    {
        Any = true;
        _rows.Rows.Int64(ordinal);
        _rows.Rows.Text(given);
        return _rows.SpillIfFullAsync(cancellationToken);
    }

    /// <summary>Every pair, by ordinal.</summary>
    public async IAsyncEnumerable<(long Ordinal, string Given)> ReadAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var pair in _rows.ReadAsync<(long, string)>(TryRead, cancellationToken).ConfigureAwait(false))
            yield return pair;
    }

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    /// <summary>Reads what <see cref="CopyBuffer"/> wrote: each field with its length before it.</summary>
    private static bool TryRead(ReadOnlySpan<byte> bytes, out (long Ordinal, string Given) pair, out int length)
    {
        const int Fixed = 4 + 8 + 4;
        (pair, length) = (default, 0);
        if (bytes.Length < Fixed)
            return false;
        var text = BinaryPrimitives.ReadInt32BigEndian(bytes[12..]);
        if (bytes.Length < Fixed + text)
            return false;
        pair = (BinaryPrimitives.ReadInt64BigEndian(bytes[4..]), Encoding.UTF8.GetString(bytes.Slice(Fixed, text)));
        length = Fixed + text;
        return true;
    }
}
