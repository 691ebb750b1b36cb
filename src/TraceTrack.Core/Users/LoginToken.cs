using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TraceTrack.Users;

/// <summary>Login tokens: 256 random bits as base64url. A hash without salt is enough to store one, since there is nothing to guess.</summary>
internal static class LoginToken
{
    private const int Bytes = 32;

    private static readonly int Characters = Base64Url.GetEncodedLength(Bytes);

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static bool IsWellFormed(string? token) => token is not null && token.Length == Characters && Base64Url.IsValid(token);

    public static string Key(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
}
