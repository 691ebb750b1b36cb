namespace TraceTrack.Bags;

/// <summary>The answer to the wish to delete one bag.</summary>
/// <param name="Qr">The code.</param>
/// <param name="Rejection">Why it was refused; null when the bag was deleted.</param>
/// <param name="Fact">The fact that explains a refusal, such as the number of children; null for none.</param>
public sealed record DeleteResult(QrCode Qr, DeleteRejection? Rejection = null, string? Fact = null)
{
    /// <summary>Deleted or refused.</summary>
    public DeleteOutcome Outcome => Rejection is null ? DeleteOutcome.Deleted : DeleteOutcome.Refused;
}

/// <summary>Which bags of a batch are deleted, and what each code is answered.</summary>
/// <param name="Results">One answer a code, in the order asked for.</param>
/// <param name="Bags">The bags deleted. As the rule decides, with their last version; as a store returns them, with that of their deletion.</param>
public sealed record BagDeletion(IReadOnlyList<DeleteResult> Results, IReadOnlyList<Bag> Bags);
