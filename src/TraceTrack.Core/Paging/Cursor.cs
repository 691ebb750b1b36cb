using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TraceTrack.Paging;

/// <summary>
/// A cursor is a position and a fingerprint of its list and filter, so that one used with another filter is refused
/// instead of giving a page that looks right.
/// </summary>
internal static class Cursor
{
    private const int FingerprintBytes = 6;

    public static byte[] Fingerprint(string list, params ReadOnlySpan<string?> parts)
    {
        var text = new StringBuilder(list);
        foreach (var part in parts)
            text.Append('\u001f').Append(part);
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))[..FingerprintBytes];
    }

    public static string Encode(ReadOnlySpan<byte> fingerprint, string position)
    {
        var bytes = new byte[FingerprintBytes + Encoding.UTF8.GetByteCount(position)];
        fingerprint.CopyTo(bytes);
        Encoding.UTF8.GetBytes(position, bytes.AsSpan(FingerprintBytes));
        return Base64Url.EncodeToString(bytes);
    }

    public static string Decode(ReadOnlySpan<byte> fingerprint, string cursor)
    {
        if (cursor.Length > 512 || !Base64Url.IsValid(cursor))
            throw Invalid();
        var bytes = Base64Url.DecodeFromChars(cursor);
        if (bytes.Length <= FingerprintBytes || !bytes.AsSpan(0, FingerprintBytes).SequenceEqual(fingerprint))
            throw Invalid();
        return Encoding.UTF8.GetString(bytes.AsSpan(FingerprintBytes));
    }

    public static InvalidInputException Invalid() =>
        new(ErrorCodes.InvalidCursor, "The cursor is damaged, or belongs to another list or filter. Start again without one.");
}
