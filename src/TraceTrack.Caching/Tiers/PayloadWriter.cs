using System.Buffers.Binary;
using System.Text;

namespace TraceTrack.Caching;

/// <summary>Writes a payload: integers as zigzag varints, texts with their length. Grows as needed; made once for many values.</summary>
internal sealed class PayloadWriter
{
    private byte[] _bytes = new byte[256];
    private int _length;

    public void Clear() => _length = 0;

    public byte[] ToArray() => _bytes.AsSpan(0, _length).ToArray();

    public void Byte(byte value)
    {
        Ensure(1);
        _bytes[_length++] = value;
    }

    /// <summary>Eight bytes, most significant first, where a script must find them.</summary>
    public void Fixed(long value)
    {
        Ensure(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(_bytes.AsSpan(_length), value);
        _length += sizeof(long);
    }

    public void Number(long value)
    {
        Ensure(10);
        var rest = (ulong)((value << 1) ^ (value >> 63));
        while (rest >= 0x80)
        {
            _bytes[_length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        _bytes[_length++] = (byte)rest;
    }

    /// <summary>Null takes one byte more than nothing: a 1 or a 0 first.</summary>
    public void Number(long? value)
    {
        Byte(value is null ? (byte)0 : (byte)1);
        if (value is { } number)
            Number(number);
    }

    public void Time(DateTimeOffset value) => Number(value.UtcTicks);

    public void Time(DateTimeOffset? value) => Number(value?.UtcTicks);

    /// <summary>The length plus one, then UTF-8; 0 for null.</summary>
    public void Text(string? value)
    {
        if (value is null)
        {
            Byte(0);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        Number(length + 1L);
        Ensure(length);
        _length += Encoding.UTF8.GetBytes(value, _bytes.AsSpan(_length));
    }

    private void Ensure(int more)
    {
        if (_length + more > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + more));
    }
}
