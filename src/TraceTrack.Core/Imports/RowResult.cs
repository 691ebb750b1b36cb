namespace TraceTrack.Imports;

/// <summary>What became of a row that was not taken.</summary>
/// <param name="Ordinal">The row's place in the file, from 1.</param>
/// <param name="Qr">The code as the row gave it, cut to 200 characters.</param>
/// <param name="Rejection">Why.</param>
/// <param name="Detail">What explains it, as each reason says; null for none.</param>
public sealed record RowResult(long Ordinal, string Qr, RowRejection Rejection, string? Detail);
