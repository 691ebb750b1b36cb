using System.Text;

namespace TraceTrack.GraphQLHost.Tests.Bulk;

/// <summary>A body that does not say how long it is.</summary>
internal sealed class Chunks : HttpContent
{
    private readonly byte[] _body;

    public Chunks(string body)
    {
        _body = Encoding.UTF8.GetBytes(body);
        Headers.ContentType = new("text/csv");
    }

    protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => stream.WriteAsync(_body).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
