using System.Text;

namespace TraceTrack.Caching;

/// <summary>Texts that rows read together share, such as their parent's code: each is made once and not for every row.</summary>
internal sealed class PayloadTexts
{
    private const int Slots = 4;

    private readonly string?[] _last = new string?[Slots];

    /// <summary>A text the caller has at hand already, such as the key.</summary>
    public void Expect(int slot, string text) => _last[slot] = text;

    public string Get(int slot, ReadOnlySpan<byte> utf8)
    {
        // Equal only when all of it is ASCII; codes are.
        if (_last[slot] is { } last && Ascii.Equals(utf8, last))
            return last;
        return _last[slot] = Encoding.UTF8.GetString(utf8);
    }
}
