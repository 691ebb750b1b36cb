using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace TraceTrack.LoadTest.Host;

/// <summary>Where requests go. The floor has a path for each operation where GraphQL has one for all; the bodies are the same.</summary>
internal sealed record Target(Uri Address, bool IsGraphQL)
{
    public string Path(Operation operation, string area) => IsGraphQL ? "/graphql" : $"/{operation}/{area}";
}

/// <summary>Makes the bytes of a request in a buffer that is used again and again.</summary>
internal sealed class RequestBytes
{
    private readonly ArrayBufferWriter<byte> _whole = new(4096);
    private readonly ArrayBufferWriter<byte> _variables = new(1024);

    /// <param name="head">Up to the length.</param>
    /// <param name="document">The body up to its variables.</param>
    /// <param name="variables">A JSON object; codes need no escapes.</param>
    public ReadOnlyMemory<byte> Make(byte[] head, byte[] document, string variables)
    {
        _variables.ResetWrittenCount();
        Encoding.UTF8.GetBytes(variables, _variables);
        _whole.ResetWrittenCount();
        _whole.Write(head);
        Utf8.TryWrite(_whole.GetSpan(32), $"{document.Length + _variables.WrittenCount + 1}\r\n\r\n", out var written);
        _whole.Advance(written);
        _whole.Write(document);
        _whole.Write(_variables.WrittenSpan);
        _whole.Write("}"u8);
        return _whole.WrittenMemory;
    }

    public static byte[] Head(string path, string? token) => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{(token is null ? "" : $"Authorization: Bearer {token}\r\n")}Content-Type: application/json\r\nAccept: application/json\r\nContent-Length: ");
}
