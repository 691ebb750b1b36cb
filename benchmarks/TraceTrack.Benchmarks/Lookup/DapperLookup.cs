using Dapper;
using TraceTrack.Bags;

namespace TraceTrack.Benchmarks.Lookup;

/// <summary>Dapper, with a connection of the pool for each look-up.</summary>
internal sealed class DapperLookup(LookupStore store)
{
    // Dapper goes by names.
    private const string Select = """
        SELECT b.id AS "Id", b.qr AS "Qr", b.kind AS "Kind", b.status AS "Status", b.area AS "Area", b.weight_grams AS "WeightGrams",
            b.child_count AS "ChildCount", b.content_grams AS "ContentGrams", b.parent_id AS "ParentId", p.qr AS "ParentQr", b.linked_at AS "LinkedAt",
            l.bill_id AS "BillId", n.number AS "BillNumber", b.import_id AS "ImportId", b.created_at AS "CreatedAt", b.changed_at AS "ChangedAt",
            b.version AS "Version"
        FROM tracetrack.bag b
        LEFT JOIN tracetrack.bag p ON p.id = b.parent_id
        LEFT JOIN tracetrack.bill_bag l ON l.bag_id = b.id
        LEFT JOIN tracetrack.bill n ON n.id = l.bill_id

        """;

    public async Task<FoundBag?> FindAsync(QrCode qr)
    {
        await using var connection = await store.Source.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<FoundBag>(Select + "WHERE b.qr = @qr", new { qr = qr.Value });
    }

    public async Task<List<FoundBag>> FindManyAsync(QrCode[] qrs)
    {
        await using var connection = await store.Source.OpenConnectionAsync();
        return (await connection.QueryAsync<FoundBag>(Select + "WHERE b.qr = ANY(@qrs)", new { qrs = Array.ConvertAll(qrs, qr => qr.Value) })).AsList();
    }
}
