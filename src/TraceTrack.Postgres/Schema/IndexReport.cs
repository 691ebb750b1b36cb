namespace TraceTrack.Postgres;

/// <summary>What the indexes of a store are, and what was done about them.</summary>
public sealed record IndexReport
{
    /// <summary>Every index of the store's tables, ordered by table and name; those of the scan log's partitions are summed up.</summary>
    public required IReadOnlyList<IndexInfo> Indexes { get; init; }

    /// <summary>Indexes that were missing and have been built.</summary>
    public IReadOnlyList<string> Created { get; init; } = [];

    /// <summary>Indexes that were invalid, as an interrupted build leaves them, and have been rebuilt.</summary>
    public IReadOnlyList<string> Rebuilt { get; init; } = [];

    /// <summary>Tables whose statistics were taken anew (ANALYZE).</summary>
    public IReadOnlyList<string> AnalyzedTables { get; init; } = [];

    /// <summary>What could not be done and why, a sentence each; empty when everything is as it should be.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}

/// <summary>One index.</summary>
/// <param name="Table">Its table, without the schema.</param>
/// <param name="Name">Its name, without the schema.</param>
/// <param name="Columns">Its columns and expressions in order, with its condition if it has one.</param>
/// <param name="Purpose">The queries it serves; empty for one that is not TraceTrack's.</param>
/// <param name="SizeBytes">Size on disk in bytes.</param>
/// <param name="Scans">How often queries used it since the server's statistics were last reset.</param>
/// <param name="IsValid">False for one that queries cannot use, because its building was interrupted.</param>
/// <param name="IsUnique">Whether it keeps rows unique.</param>
public sealed record IndexInfo(
    string Table, string Name, string Columns, string Purpose, long SizeBytes, long Scans, bool IsValid, bool IsUnique);
