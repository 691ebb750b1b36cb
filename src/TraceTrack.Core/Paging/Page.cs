namespace TraceTrack.Paging;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The rows, always in the list's own order, whichever way the page was asked for.</param>
/// <param name="Cursors">The cursor of each row, in the same order.</param>
/// <param name="HasNext">Whether rows follow.</param>
/// <param name="HasPrevious">Whether rows stand before.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, IReadOnlyList<string> Cursors, bool HasNext, bool HasPrevious)
{
    /// <summary>A page without rows.</summary>
    public static Page<T> Empty { get; } = new([], [], false, false);

    /// <summary>Cursor of the first row; null on an empty page.</summary>
    public string? StartCursor => Cursors.Count == 0 ? null : Cursors[0];

    /// <summary>Cursor of the last row; null on an empty page.</summary>
    public string? EndCursor => Cursors.Count == 0 ? null : Cursors[^1];
}
