using LinqToDB;
using LinqToDB.Data;
using LinqToDB.DataProvider.PostgreSQL;

namespace TraceTrack.LoadTest.Bulk.Peers;

/// <summary>linq2db's BulkCopy by the driver's binary COPY: its fastest way.</summary>
internal static class LinqToDbPeer
{
    public const string Name = "linq2db";

    public static async Task CopyAsync(BenchDatabase database, string schema, IReadOnlyList<FinishedBag> rows, CancellationToken cancellation)
    {
        await using var connection = new DataConnection(new DataOptions().UsePostgreSQL(database.ConnectionString, PostgreSQLVersion.v15));
        var options = new BulkCopyOptions
        {
            BulkCopyType = BulkCopyType.ProviderSpecific,
            SchemaName = schema,
            TableName = "bag",
            KeepIdentity = true,
            // One COPY: the fewest round trips.
            MaxBatchSize = rows.Count,
        };
        var copied = await connection.BulkCopyAsync(options, rows, cancellation);
        Work.Check(copied.RowsCopied, rows.Count, "rows copied by linq2db");
    }
}
