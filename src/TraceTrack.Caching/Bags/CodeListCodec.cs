using TraceTrack.Bags;

namespace TraceTrack.Caching;

/// <summary>Codes, so that the rows shown are always fresh ones.</summary>
internal sealed record CodeList(IReadOnlyList<QrCode> Codes);

internal abstract class CodeListCodec : CacheCodec<CodeList>
{
    public override byte Form => 1;

    /// <summary>A list has no version: its key, or its scopes, say whether it is the present one.</summary>
    public override long VersionOf(CodeList value) => 0;

    public override int SizeOf(string key, CodeList? value) =>
        350 + (2 * key.Length) + (value?.Codes.Sum(code => 30 + (2 * code.Value.Length)) ?? 0);

    public override void Write(PayloadWriter payload, CodeList value)
    {
        payload.Number(value.Codes.Count);
        foreach (var code in value.Codes)
            payload.Text(code.Value);
    }

    public override CodeList Read(ref PayloadReader payload)
    {
        var codes = new QrCode[payload.Count()];
        for (var i = 0; i < codes.Length; i++)
            codes[i] = QrCode.FromStored(payload.Text());
        return new(codes);
    }
}
