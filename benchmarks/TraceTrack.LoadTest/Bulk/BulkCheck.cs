namespace TraceTrack.LoadTest.Bulk;

/// <summary>What must be in the table after every subject's work, or its time says nothing.</summary>
internal static class BulkCheck
{
    public static async Task AssertAsync(BulkServer server, string schema, BulkRows rows, CancellationToken cancellationToken)
    {
        var found = (await server.ReadAsync(
            $"""
            SELECT count(*), count(*) FILTER (WHERE kind = 1), count(parent_id), sum(child_count), sum(weight_grams), sum(content_grams)::bigint,
                count(DISTINCT qr), count(*) FILTER (WHERE area IS NULL)
            FROM {schema}.bag
            """,
            row => Enumerable.Range(0, 8).Select(row.GetInt64).ToArray(),
            cancellationToken))[0];
        long[] wanted = [rows.Bags, rows.Parents, rows.Children, rows.Children, rows.Children * 1000L, rows.Children * 1000L, rows.Bags, 0];
        if (!found.SequenceEqual(wanted))
            throw new InvalidOperationException($"{schema} holds {string.Join(", ", found)} and should hold {string.Join(", ", wanted)}.");
        const string Valid = "SELECT count(*) FROM pg_index WHERE indisvalid AND indrelid = '{0}.bag'::regclass";
        var counts = new List<long>();
        foreach (var name in new[] { schema, BulkServer.Model })
            counts.Add((await server.ReadAsync(Valid.Replace("{0}", name, StringComparison.Ordinal), row => row.GetInt64(0), cancellationToken))[0]);
        if (counts[0] != counts[1])
            throw new InvalidOperationException($"{schema} has {counts[0]} valid indexes and should have {counts[1]}.");
    }
}
