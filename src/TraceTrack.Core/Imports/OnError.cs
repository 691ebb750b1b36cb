namespace TraceTrack.Imports;

/// <summary>What a rejected row of an import does to the others. A bag that was kept is no error.</summary>
public enum OnError
{
    /// <summary>The others are taken.</summary>
    Continue = 0,

    /// <summary>None is taken. The report and the results are kept, and tell why; sending the import again answers with them.</summary>
    RollBack = 1,
}
