namespace TraceTrack.DemoData;

/// <summary>
/// Random numbers that are a function of seed, stream and position. Any bag, bill or scan can be made without those before it,
/// and on every computer the same.
/// </summary>
internal readonly struct Noise(int seed)
{
    private readonly ulong _seed = Mix((uint)seed + 0x9E3779B97F4A7C15);

    /// <summary>64 random bits.</summary>
    public ulong Bits(Stream stream, long index) => Mix(Mix(_seed + ((ulong)stream * 0xD1B54A32D192ED03)) + ((ulong)index * 0x9E3779B97F4A7C15));

    /// <summary>0 up to, not including, <paramref name="limit"/>.</summary>
    public int Below(int limit, Stream stream, long index) => (int)Math.BigMul(Bits(stream, index), (ulong)limit, out _);

    /// <summary>A UUID of version 8: one that is made by a rule of its own.</summary>
    public Guid Uuid(Stream stream, long index)
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Bits(stream, index));
        BitConverter.TryWriteBytes(bytes[8..], Bits(stream, ~index));
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    // The finalizer of SplitMix64: neighbours give unrelated numbers.
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>What a number is for; numbers of different streams have nothing to do with each other.</summary>
    internal enum Stream : ulong
    {
        PartSize = 1,
        HasOwnWeight,
        OwnWeight,
        BillSize,
        BillCapacity,
        BillCompleted,
        LoadId,
        ImportId,
        ScanId,
        JobTime,
        Gap,
        Lag,
        Mistakes,
        MistakeKind,
        MistakePlace,
        Checked,
        FillOrder,
        RowOrder,
        ExtraOrder,
        Untidy,
        Spelling,
        DirtKind,
        DirtPlace,
        DirtParent,
        DirtArea,
        DirtWeight,
    }
}
