namespace TraceTrack.Imports;

/// <summary>What became of a row that was not taken as it is. Rows that were stored, or whose bag was updated, have none.</summary>
/// <param name="Ordinal">The row's place in the file, from 1.</param>
/// <param name="Qr">The code as the row gave it, cut to 200 characters.</param>
/// <param name="Outcome">Whether the bag was kept or the row rejected.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">What explains it, as each reason says; null for none.</param>
public sealed record RowResult(long Ordinal, string Qr, RowOutcome Outcome, RowReason Reason, string? Detail);
