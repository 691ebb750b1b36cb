namespace TraceTrack.Imports;

/// <summary>How to import.</summary>
public sealed class ImportOptions
{
    /// <summary>The identity of the import. Sending the same again answers with the first one's report and changes nothing.</summary>
    /// <value>A new UUID by default.</value>
    public Guid ImportId { get; set; } = Guid.CreateVersion7();
}
