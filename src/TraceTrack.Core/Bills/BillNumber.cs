namespace TraceTrack.Bills;

/// <summary>The identifier of a bill, in normal form: upper case, 1–64 characters of A–Z 0-9 - _ . : /. Unique without regard to case.</summary>
public readonly record struct BillNumber : IComparable<BillNumber>
{
    /// <summary>The most characters of a number.</summary>
    public const int MaxLength = 64;

    private readonly string? _value;

    private BillNumber(string value) => _value = value;

    /// <summary>The normal form; empty only for <c>default(BillNumber)</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Normalises what was typed.</summary>
    /// <param name="text">The typed text.</param>
    /// <returns>The number.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidBillNumber"/>: not 1–64 allowed characters.</exception>
    public static BillNumber Parse(string? text) =>
        TryParse(text, out var number) ? number
        : throw new InvalidInputException(ErrorCodes.InvalidBillNumber, $"A bill number is 1–{MaxLength} characters of {Identifier.Alphabet}.");

    /// <summary>Normalises what was typed.</summary>
    /// <param name="text">The typed text.</param>
    /// <param name="number">The number, when the answer is true.</param>
    /// <returns>False when the text is no bill number.</returns>
    public static bool TryParse(string? text, out BillNumber number)
    {
        var value = Identifier.Normalize(text, 1, MaxLength);
        number = value is null ? default : new BillNumber(value);
        return value is not null;
    }

    /// <summary>Wraps a value that a store read back and that is therefore normal already; nothing is checked.</summary>
    /// <param name="normalized">A value that <see cref="Value"/> gave.</param>
    /// <returns>The number.</returns>
    public static BillNumber FromStored(string normalized) => new(normalized);

    /// <summary>Compares by code unit, as PostgreSQL's collation "C" does.</summary>
    /// <param name="other">The other number.</param>
    /// <returns>Less than, equal to or greater than zero.</returns>
    public int CompareTo(BillNumber other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc cref="Value"/>
    /// <returns>The normal form.</returns>
    public override string ToString() => Value;

    /// <summary>Ordinal order.</summary>
    /// <param name="left">Left.</param>
    /// <param name="right">Right.</param>
    /// <returns>Whether <paramref name="left"/> comes first.</returns>
    public static bool operator <(BillNumber left, BillNumber right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order.</summary>
    /// <param name="left">Left.</param>
    /// <param name="right">Right.</param>
    /// <returns>Whether <paramref name="left"/> comes last.</returns>
    public static bool operator >(BillNumber left, BillNumber right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order.</summary>
    /// <param name="left">Left.</param>
    /// <param name="right">Right.</param>
    /// <returns>Whether <paramref name="left"/> comes first or both are equal.</returns>
    public static bool operator <=(BillNumber left, BillNumber right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order.</summary>
    /// <param name="left">Left.</param>
    /// <param name="right">Right.</param>
    /// <returns>Whether <paramref name="left"/> comes last or both are equal.</returns>
    public static bool operator >=(BillNumber left, BillNumber right) => left.CompareTo(right) >= 0;
}
