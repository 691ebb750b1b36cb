namespace TraceTrack.Postgres;

/// <summary>One index as it stands in the database.</summary>
/// <param name="Table">Its table, without the schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Method and columns, such as <c>btree (kind, qr)</c>.</param>
/// <param name="Purpose">The query it serves, as the library's list says; empty for one that is not the library's.</param>
/// <param name="SizeBytes">Bytes on disk, over all partitions.</param>
/// <param name="Scans">How often it was used since the server's statistics were reset, over all partitions.</param>
/// <param name="IsValid">False for one whose building was interrupted: it is kept up and never used.</param>
/// <param name="IsUnique">Whether it is a rule too.</param>
public sealed record IndexInfo(
    string Table, string Name, string Columns, string Purpose, long SizeBytes, long Scans, bool IsValid, bool IsUnique);

/// <summary>Every index of the schema.</summary>
/// <param name="Indexes">Ordered by table and name.</param>
/// <param name="Missing">Names of indexes the library wants and the schema lacks.</param>
public sealed record IndexReport(IReadOnlyList<IndexInfo> Indexes, IReadOnlyList<string> Missing);
