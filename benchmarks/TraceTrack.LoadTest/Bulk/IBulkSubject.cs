namespace TraceTrack.LoadTest.Bulk;

/// <summary>A way to bring the rows into a fresh schema.</summary>
internal interface IBulkSubject
{
    string Name { get; }

    /// <summary>Makes the empty tables; not measured.</summary>
    Task PrepareAsync(string schema, CancellationToken cancellationToken);

    /// <summary>The measured work: afterwards all rows are committed and all indexes are there.</summary>
    /// <returns>What parts the time had, in words; empty for none.</returns>
    Task<string> LoadAsync(string schema, CancellationToken cancellationToken);
}
