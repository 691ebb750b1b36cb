namespace TraceTrack.Caching;

/// <summary>What surrounds a payload in a shared tier: its form, the row's version, when it ends, and whether there is a row at all.</summary>
/// <remarks>The first nine bytes (form, version) have a fixed place, because the script that refuses older versions reads them.</remarks>
internal static class Envelope
{
    /// <summary>No codec's.</summary>
    private const byte NoForm = 0;

    public static byte[] Write<T>(CacheCodec<T> codec, PayloadWriter buffer, T? value, long version, DateTimeOffset expiresAt)
        where T : class
    {
        buffer.Clear();
        buffer.Byte(codec.Form);
        buffer.Fixed(version);
        buffer.Time(expiresAt);
        buffer.Byte(value is null ? (byte)0 : (byte)1);
        if (value is not null)
            codec.Write(buffer, value);
        return buffer.ToArray();
    }

    /// <summary>What holds a place and is a miss for whoever reads it.</summary>
    public static byte[] Bar(PayloadWriter buffer, long version)
    {
        buffer.Clear();
        buffer.Byte(NoForm);
        buffer.Fixed(version);
        return buffer.ToArray();
    }

    /// <param name="codec">The kind.</param>
    /// <param name="bytes">The envelope.</param>
    /// <param name="value">The row; null for absence.</param>
    /// <param name="version">Its version.</param>
    /// <param name="expiresAt">When it ends.</param>
    /// <param name="texts">Texts to share with rows read before; null for none.</param>
    /// <returns>False when the form is another's or the bytes are damaged: a miss.</returns>
    public static bool TryRead<T>(
        CacheCodec<T> codec, ReadOnlySpan<byte> bytes, out T? value, out long version, out DateTimeOffset expiresAt, PayloadTexts? texts = null)
        where T : class
    {
        (value, version, expiresAt) = (null, 0, default);
        try
        {
            var payload = new PayloadReader(bytes, texts);
            if (payload.Byte() != codec.Form)
                return false;
            version = payload.Fixed();
            expiresAt = payload.Time();
            if (payload.Byte() != 0)
                value = codec.Read(ref payload);
            return payload.AtEnd;
        }
        catch (InvalidDataException)
        {
            value = null;
            return false;
        }
    }
}
