using System.Buffers.Binary;

namespace TraceTrack.Caching;

/// <summary>A message as the script sends it: its number, how many epochs follow, these, and the body; all numbers most significant byte first.</summary>
internal static class RedisMessage
{
    private const int HeadBytes = sizeof(long) + sizeof(int);

    public static bool TryRead(ReadOnlyMemory<byte> bytes, out TierMessage message)
    {
        message = default;
        if (bytes.Length < HeadBytes)
            return false;
        var count = BinaryPrimitives.ReadInt32BigEndian(bytes.Span[sizeof(long)..]);
        if (count < 0 || count > (bytes.Length - HeadBytes) / sizeof(long))
            return false;
        var epochs = new long[count];
        for (var i = 0; i < count; i++)
            epochs[i] = BinaryPrimitives.ReadInt64BigEndian(bytes.Span[(HeadBytes + (i * sizeof(long)))..]);
        message = new(BinaryPrimitives.ReadInt64BigEndian(bytes.Span), epochs, bytes[(HeadBytes + (count * sizeof(long)))..]);
        return true;
    }
}
