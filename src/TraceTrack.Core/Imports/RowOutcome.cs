namespace TraceTrack.Imports;

/// <summary>What became of a row that has a result. The numbers are stored.</summary>
public enum RowOutcome : short
{
    /// <summary>The store knows the bag and kept it as it stands, as <see cref="OnExisting.Keep"/> asks for. No error.</summary>
    Kept = 1,

    /// <summary>The row was not taken.</summary>
    Rejected = 2,
}
