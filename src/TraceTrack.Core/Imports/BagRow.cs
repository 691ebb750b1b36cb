namespace TraceTrack.Imports;

/// <summary>One bag to import, as a file or another system gives it; nothing in it needs to be normalised. The code tells the kind.</summary>
/// <param name="Qr">The bag's code.</param>
/// <param name="ParentQr">For a child: the parent that holds it, which the store holds or which has a row of its own (before or after); null or blank for a loose one, and for a bag that is updated: where it stands.</param>
/// <param name="Area">The bag's area; a child in a parent takes the parent's instead. Null or blank for none.</param>
/// <param name="WeightKg">A child's weight in kilograms, at most three places; null for <see cref="TraceTrackOptions.ChildWeightKg"/>. Ignored for a parent.</param>
/// <param name="Problem">Why whoever read the row could not make it out, in words for a person: it is refused as <see cref="RowReason.Malformed"/>, whatever else it holds. Null for a row that was read.</param>
public readonly record struct BagRow(string? Qr, string? ParentQr = null, string? Area = null, decimal? WeightKg = null, string? Problem = null);
