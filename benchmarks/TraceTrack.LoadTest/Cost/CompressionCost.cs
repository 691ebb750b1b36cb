using System.IO.Compression;

namespace TraceTrack.LoadTest.Cost;

/// <summary>Bytes of a list's page from the host, as they are and packed, for a client that takes the one or the other.</summary>
internal static class CompressionCost
{
    private const string Fields = "nodes { qr kind status area weightKg childCount parent { qr } bill { number } createdAt changedAt } pageInfo { endCursor hasNextPage }";

    public static async Task RunAsync(CostTable table, BenchDatabase database, CancellationToken cancellation)
    {
        await using var host = await CostHost.StartAsync(database, cancellation);
        foreach (var rows in new[] { 50, 200 })
        {
            var query = $"{{ bags(first: {rows}) {{ {Fields} }} }}";
            var (plain, none) = await host.FetchAsync(query, null, cancellation);
            if (none is not null)
                throw new InvalidOperationException("An answer was packed for a client that did not ask.");
            foreach (var encoding in new[] { "gzip", "br" })
            {
                var (packed, given) = await host.FetchAsync(query, encoding, cancellation);
                if (given != encoding || !plain.AsSpan().SequenceEqual(Unpack(packed, encoding)))
                    throw new InvalidOperationException($"The answer is another one in {encoding}.");
                table.Add(new($"compression, {encoding}", $"a page of {rows} bags", $"{rows} bags", "B", plain.Length, packed.Length) { Claim = "compressed responses" });
            }
        }
    }

    private static byte[] Unpack(byte[] packed, string encoding)
    {
        using var bytes = new MemoryStream(packed);
        using Stream unpacking = encoding == "br" ? new BrotliStream(bytes, CompressionMode.Decompress) : new GZipStream(bytes, CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        unpacking.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
