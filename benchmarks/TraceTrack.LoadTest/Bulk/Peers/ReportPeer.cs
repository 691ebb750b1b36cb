namespace TraceTrack.LoadTest.Bulk.Peers;

/// <summary>The report's technique: ten connections copy at once into a table whose indexes are in place, a tenth of the rows each.</summary>
internal static class ReportPeer
{
    public const string Name = "report's technique";

    public const int Connections = 10;

    public static Task CopyAsync(Psql psql, BenchDatabase database, string table, IReadOnlyList<string> parts, CancellationToken cancellation) =>
        Task.WhenAll(parts.Select(part => psql.RunAsync(database.Name, [$@"\copy {table} FROM '{part}'"], cancellation)));
}
