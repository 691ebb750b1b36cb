namespace TraceTrack;

/// <summary>The bound of the verbs that take many items at once. One call is one transaction, and its rows stay locked until it ends.</summary>
public static class Batch
{
    /// <summary>The most items one call takes.</summary>
    public const int MaxItems = 10_000;

    internal static void Check<T>(IReadOnlyList<T> items, string names)
    {
        ArgumentNullException.ThrowIfNull(items);
        if (items.Count > MaxItems)
            throw new InvalidInputException(ErrorCodes.InvalidBatch, $"Send at most {MaxItems} {names} at a time.");
    }
}
