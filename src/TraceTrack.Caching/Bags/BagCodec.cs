using TraceTrack.Bags;
using TraceTrack.Bills;

namespace TraceTrack.Caching;

internal sealed class BagCodec : CacheCodec<Bag>
{
    public const char Letter = 'b';

    private const int AreaSlot = 1;
    private const int ParentSlot = 2;
    private const int BillSlot = 3;

    public override char Kind => Letter;

    public override byte Form => 1;

    public override long VersionOf(Bag value) => value.Version;

    // A record of 230 bytes, its own texts, and what MemoryCache and its dictionary add.
    public override int SizeOf(string key, Bag? value) =>
        320 + (2 * key.Length) + (value is null ? 0 : 320 + (2 * ((value.ParentQr?.Value.Length ?? 0) + (value.Area?.Length ?? 0) + (value.BillNumber?.Value.Length ?? 0))));

    public override void Write(PayloadWriter payload, Bag value)
    {
        payload.Number(value.Id);
        payload.Text(value.Qr.Value);
        payload.Byte((byte)value.Kind);
        payload.Byte((byte)value.Status);
        payload.Text(value.Area);
        payload.Number(Weight.ToGrams(value.WeightKg));
        payload.Number(value.ChildCount);
        payload.Number(Weight.ToGrams(value.ContentWeightKg));
        payload.Number(value.ParentId);
        payload.Text(value.ParentQr?.Value);
        payload.Time(value.LinkedAt);
        payload.Number(value.BillId);
        payload.Text(value.BillNumber?.Value);
        payload.Number(value.ImportId);
        payload.Time(value.CreatedAt);
        payload.Time(value.ChangedAt);
        payload.Number(value.Version);
    }

    public override Bag Read(ref PayloadReader payload) => new()
    {
        Id = payload.Number(),
        Qr = QrCode.FromStored(payload.Text(CacheCodec.KeySlot)),
        Kind = (BagKind)payload.Byte(),
        Status = (BagStatus)payload.Byte(),
        Area = payload.NullableText(AreaSlot),
        WeightKg = Weight.FromGrams(payload.Number()),
        ChildCount = (int)payload.Number(),
        ContentWeightKg = Weight.FromGrams(payload.Number()),
        ParentId = payload.NullableNumber(),
        ParentQr = payload.NullableText(ParentSlot) is { } parent ? QrCode.FromStored(parent) : null,
        LinkedAt = payload.NullableTime(),
        BillId = payload.NullableNumber(),
        BillNumber = payload.NullableText(BillSlot) is { } bill ? BillNumber.FromStored(bill) : null,
        ImportId = payload.NullableNumber(),
        CreatedAt = payload.Time(),
        ChangedAt = payload.Time(),
        Version = payload.Number(),
    };
}
