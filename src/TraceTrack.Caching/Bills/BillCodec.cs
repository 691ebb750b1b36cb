using TraceTrack.Bills;

namespace TraceTrack.Caching;

internal sealed class BillCodec : CacheCodec<Bill>
{
    public const char Letter = 'l';

    public override char Kind => Letter;

    public override byte Form => 1;

    public override long VersionOf(Bill value) => value.Version;

    public override int SizeOf(string key, Bill? value) => 320 + (2 * key.Length) + (value is null ? 0 : 280 + (2 * value.CreatedBy.Length));

    public override void Write(PayloadWriter payload, Bill value)
    {
        payload.Number(value.Id);
        payload.Text(value.Number.Value);
        payload.Byte((byte)value.Status);
        payload.Number(value.Capacity);
        payload.Number(value.ParentCount);
        payload.Number(Weight.ToGrams(value.ActualWeightKg));
        payload.Text(value.CreatedBy);
        payload.Time(value.CreatedAt);
        payload.Time(value.ChangedAt);
        payload.Time(value.CompletedAt);
        payload.Number(value.Version);
    }

    public override Bill Read(ref PayloadReader payload) => new()
    {
        Id = payload.Number(),
        Number = BillNumber.FromStored(payload.Text(CacheCodec.KeySlot)),
        Status = (BillStatus)payload.Byte(),
        Capacity = (int)payload.Number(),
        ParentCount = (int)payload.Number(),
        ActualWeightKg = Weight.FromGrams(payload.Number()),
        CreatedBy = payload.Text(),
        CreatedAt = payload.Time(),
        ChangedAt = payload.Time(),
        CompletedAt = payload.NullableTime(),
        Version = payload.Number(),
    };
}
