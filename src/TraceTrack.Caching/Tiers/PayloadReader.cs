using System.Buffers.Binary;
using System.Text;

namespace TraceTrack.Caching;

/// <summary>Reads what <see cref="PayloadWriter"/> wrote. Anything else ends in <see cref="InvalidDataException"/>, never in a wrong value's bounds.</summary>
internal ref struct PayloadReader(ReadOnlySpan<byte> bytes, PayloadTexts? texts = null)
{
    /// <summary>Of a number: 64 bits in sevens.</summary>
    private const int MostBytes = 10;

    private readonly PayloadTexts? _texts = texts;
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool AtEnd => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public long Fixed() => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));

    public long Number()
    {
        ulong value = 0;
        for (var i = 0; i < MostBytes; i++)
        {
            if (i >= _rest.Length)
                throw new InvalidDataException("The payload ends early.");
            var next = _rest[i];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return (long)(value >> 1) ^ -(long)(value & 1);
            }
        }

        throw new InvalidDataException("A number is longer than 64 bits.");
    }

    public long? NullableNumber() => Byte() == 0 ? null : Number();

    public int Count()
    {
        var value = Number();
        return value >= 0 && value <= _rest.Length ? (int)value : throw new InvalidDataException("A count exceeds the payload.");
    }

    public DateTimeOffset Time() => FromTicks(Number());

    public DateTimeOffset? NullableTime() => NullableNumber() is { } ticks ? FromTicks(ticks) : null;

    /// <param name="slot">Of texts that rows have in common: which; -1 for others.</param>
    public string Text(int slot = -1) => NullableText(slot) ?? throw new InvalidDataException("A text is missing.");

    /// <inheritdoc cref="Text"/>
    public string? NullableText(int slot = -1)
    {
        var length = Number() - 1;
        if (length < 0)
            return null;
        if (length > _rest.Length)
            throw new InvalidDataException("A text exceeds the payload.");
        var utf8 = Take((int)length);
        return slot >= 0 && _texts is not null ? _texts.Get(slot, utf8) : Encoding.UTF8.GetString(utf8);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
            throw new InvalidDataException("The payload ends early.");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private static DateTimeOffset FromTicks(long ticks) => ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
        ? new(ticks, TimeSpan.Zero)
        : throw new InvalidDataException("A time is out of range.");
}
