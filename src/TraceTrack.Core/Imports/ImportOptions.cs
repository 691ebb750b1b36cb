namespace TraceTrack.Imports;

/// <summary>How to import.</summary>
public sealed class ImportOptions
{
    /// <summary>The most connections an import may use.</summary>
    public const int MaxConnections = 16;

    /// <summary>The identity of the import. Sending the same again answers with the first one's report and changes nothing.</summary>
    /// <value>A new UUID by default.</value>
    public Guid ImportId { get; set; } = Guid.CreateVersion7();

    /// <summary>What becomes of a row whose bag the store knows.</summary>
    /// <value><see cref="Imports.OnExisting.Keep"/> by default.</value>
    public OnExisting OnExisting { get; set; } = OnExisting.Keep;

    /// <summary>What a rejected row does to the others.</summary>
    /// <value><see cref="Imports.OnError.Continue"/> by default.</value>
    public OnError OnError { get; set; } = OnError.Continue;

    /// <summary>Checks everything and tells every result as the import would, and changes no bag. A dry run has an import id of its own.</summary>
    /// <value>False by default.</value>
    public bool DryRun { get; set; }

    /// <summary>
    /// Connections that send rows at the same time, where the path taken has use for them: into a store that holds bags, rows go to a staging
    /// table first. The bags appear in one transaction all the same.
    /// </summary>
    /// <value>1–16; 1 by default.</value>
    public int Connections { get; set; } = 1;
}
