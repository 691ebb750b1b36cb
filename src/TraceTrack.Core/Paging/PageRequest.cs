namespace TraceTrack.Paging;

/// <summary>Which page of a list is wanted: the next ones after a cursor, or the last ones before it.</summary>
public sealed record PageRequest
{
    /// <summary>The most rows a page holds.</summary>
    public const int MaxSize = 200;

    /// <summary>Rows of a page when nothing is said.</summary>
    public const int DefaultSize = 50;

    private PageRequest(int size, string? cursor, bool backward) => (Size, Cursor, Backward) = (size, cursor, backward);

    /// <summary>Rows wanted, 1–200.</summary>
    public int Size { get; }

    /// <summary>The cursor to start from, exclusive; null to start at the end the direction implies.</summary>
    public string? Cursor { get; }

    /// <summary>True for the rows before the cursor.</summary>
    public bool Backward { get; }

    /// <summary>The first rows, or those after a cursor.</summary>
    /// <param name="size">1–200 rows.</param>
    /// <param name="after">A cursor of the same list and filter.</param>
    /// <returns>The request.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidPage"/>.</exception>
    public static PageRequest First(int size = DefaultSize, string? after = null) => new(Check(size), after, backward: false);

    /// <summary>The last rows, or those before a cursor.</summary>
    /// <param name="size">1–200 rows.</param>
    /// <param name="before">A cursor of the same list and filter.</param>
    /// <returns>The request.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidPage"/>.</exception>
    public static PageRequest Last(int size = DefaultSize, string? before = null) => new(Check(size), before, backward: true);

    /// <summary>The four arguments of a Relay connection.</summary>
    /// <param name="first">Forward size.</param>
    /// <param name="after">Forward cursor.</param>
    /// <param name="last">Backward size.</param>
    /// <param name="before">Backward cursor.</param>
    /// <returns>The request; 50 rows forward when nothing is said.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidPage"/>: a size out of range, or both directions at once.</exception>
    public static PageRequest Relay(int? first, string? after, int? last, string? before)
    {
        var backward = last is not null || before is not null;
        if (backward && (first is not null || after is not null))
            throw new InvalidInputException(ErrorCodes.InvalidPage, "Ask for first/after or for last/before, not for both.");
        return backward ? Last(last ?? DefaultSize, before) : First(first ?? DefaultSize, after);
    }

    private static int Check(int size) => size is >= 1 and <= MaxSize
        ? size
        : throw new InvalidInputException(ErrorCodes.InvalidPage, $"A page holds 1–{MaxSize} rows.");
}
