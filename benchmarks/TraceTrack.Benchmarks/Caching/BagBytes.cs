using System.Buffers;
using System.ComponentModel;
using System.Text;
using Microsoft.Extensions.Caching.Hybrid;
using TraceTrack.Bags;
using TraceTrack.Bills;
using ZiggyCreatures.Caching.Fusion.Internals.Distributed;
using ZiggyCreatures.Caching.Fusion.Serialization;

namespace TraceTrack.Benchmarks.Caching;

/// <summary>HybridCache copies at each read what is not said to be immutable; that would be another question.</summary>
[ImmutableObject(true)]
public sealed record Kept(Bag Bag);

/// <summary>A bag as a few bytes, for the other caches: they are not to pay for JSON where the library has a form of its own.</summary>
internal sealed class BagBytes : IFusionCacheSerializer, IHybridCacheSerializer<Kept>
{
    public byte[] Serialize<T>(T? obj) => obj is FusionCacheDistributedEntry<Bag> entry
        ? ToBytes(writer =>
        {
            writer.Write(entry.Timestamp);
            writer.Write(entry.LogicalExpirationTimestamp);
            Write(writer, entry.Value);
        })
        : throw NotABag<T>();

    public T? Deserialize<T>(byte[] data)
    {
        using var reader = new BinaryReader(new MemoryStream(data), Encoding.UTF8);
        var (timestamp, expires) = (reader.ReadInt64(), reader.ReadInt64());
        return new FusionCacheDistributedEntry<Bag>(Read(reader), timestamp, expires, tags: null, metadata: null) is T entry ? entry : throw NotABag<T>();
    }

    public ValueTask<byte[]> SerializeAsync<T>(T? obj, CancellationToken token = default) => new(Serialize(obj));

    public ValueTask<T?> DeserializeAsync<T>(byte[] data, CancellationToken token = default) => new(Deserialize<T>(data));

    public Kept Deserialize(ReadOnlySequence<byte> source)
    {
        using var reader = new BinaryReader(new MemoryStream(source.ToArray()), Encoding.UTF8);
        return new(Read(reader));
    }

    public void Serialize(Kept value, IBufferWriter<byte> target) => target.Write(ToBytes(writer => Write(writer, value.Bag)));

    private static NotSupportedException NotABag<T>() => new($"{typeof(T)} is not a bag.");

    private static byte[] ToBytes(Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream(128);
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        write(writer);
        writer.Flush();
        return bytes.ToArray();
    }

    private static void Write(BinaryWriter writer, Bag bag)
    {
        writer.Write7BitEncodedInt64(bag.Id);
        writer.Write(bag.Qr.Value);
        writer.Write((byte)bag.Kind);
        writer.Write((byte)bag.Status);
        writer.Write(bag.Area ?? "");
        writer.Write(bag.WeightKg);
        writer.Write7BitEncodedInt(bag.ChildCount);
        writer.Write(bag.ContentWeightKg);
        writer.Write7BitEncodedInt64(bag.ParentId ?? 0);
        writer.Write(bag.ParentQr?.Value ?? "");
        writer.Write(bag.LinkedAt?.UtcTicks ?? 0);
        writer.Write7BitEncodedInt64(bag.BillId ?? 0);
        writer.Write(bag.BillNumber?.Value ?? "");
        writer.Write7BitEncodedInt64(bag.ImportId ?? 0);
        writer.Write(bag.CreatedAt.UtcTicks);
        writer.Write(bag.ChangedAt.UtcTicks);
        writer.Write7BitEncodedInt64(bag.Version);
    }

    private static Bag Read(BinaryReader reader) => new()
    {
        Id = reader.Read7BitEncodedInt64(),
        Qr = QrCode.FromStored(reader.ReadString()),
        Kind = (BagKind)reader.ReadByte(),
        Status = (BagStatus)reader.ReadByte(),
        Area = NotEmpty(reader.ReadString()),
        WeightKg = reader.ReadDecimal(),
        ChildCount = reader.Read7BitEncodedInt(),
        ContentWeightKg = reader.ReadDecimal(),
        ParentId = NotZero(reader.Read7BitEncodedInt64()),
        ParentQr = NotEmpty(reader.ReadString()) is { } parent ? QrCode.FromStored(parent) : null,
        LinkedAt = NotZero(reader.ReadInt64()) is { } linked ? new DateTimeOffset(linked, TimeSpan.Zero) : null,
        BillId = NotZero(reader.Read7BitEncodedInt64()),
        BillNumber = NotEmpty(reader.ReadString()) is { } bill ? BillNumber.FromStored(bill) : null,
        ImportId = NotZero(reader.Read7BitEncodedInt64()),
        CreatedAt = new(reader.ReadInt64(), TimeSpan.Zero),
        ChangedAt = new(reader.ReadInt64(), TimeSpan.Zero),
        Version = reader.Read7BitEncodedInt64(),
    };

    private static string? NotEmpty(string text) => text.Length == 0 ? null : text;

    private static long? NotZero(long number) => number == 0 ? null : number;
}
