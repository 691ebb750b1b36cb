namespace TraceTrack.Bills;

/// <summary>What became of one bill of a batch.</summary>
public enum BillOutcome : short
{
    /// <summary>The change is committed.</summary>
    Changed = 1,

    /// <summary>Refused, with a code; nothing changed.</summary>
    Refused = 2,
}

/// <summary>The answer about one bill of a batch.</summary>
/// <param name="Number">The bill's number.</param>
/// <param name="Bill">The bill as it stands after the batch; null when there is none.</param>
/// <param name="Code">Why it was refused, one of <see cref="ErrorCodes"/>; null when it was changed.</param>
/// <param name="Message">The refusal as a sentence for a person; null when it was changed.</param>
public sealed record BillResult(BillNumber Number, Bill? Bill, string? Code = null, string? Message = null)
{
    /// <summary>Changed or refused.</summary>
    public BillOutcome Outcome => Code is null ? BillOutcome.Changed : BillOutcome.Refused;
}

/// <summary>Which bills of a batch are changed, and what each number is answered.</summary>
/// <param name="Results">One answer a number, in the order asked for.</param>
/// <param name="Changes">What to write, one entry a bill.</param>
internal sealed record BillBatch(IReadOnlyList<BillResult> Results, IReadOnlyList<BillChange> Changes);
