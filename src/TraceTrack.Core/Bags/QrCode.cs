namespace TraceTrack.Bags;

/// <summary>
/// The identifier of a bag, in normal form: upper case, 3–64 characters of A–Z 0-9 - _ . : /.
/// Scanning <c>sb00001</c> finds <c>SB00001</c>; control, zero-width and format characters and outer white space are dropped.
/// </summary>
public readonly record struct QrCode : IComparable<QrCode>
{
    /// <summary>The fewest characters of a code.</summary>
    public const int MinLength = 3;

    /// <summary>The most characters of a code.</summary>
    public const int MaxLength = 64;

    private readonly string? _value;

    private QrCode(string value) => _value = value;

    /// <summary>The normal form; empty only for <c>default(QrCode)</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Normalises what was scanned or typed.</summary>
    /// <param name="text">The scanned text.</param>
    /// <returns>The code.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidQrCode"/>: not 3–64 allowed characters.</exception>
    public static QrCode Parse(string? text) =>
        TryParse(text, out var code) ? code
        : throw new InvalidInputException(ErrorCodes.InvalidQrCode, $"A QR code is {MinLength}–{MaxLength} characters of {Identifier.Alphabet}.");

    /// <summary>Normalises what was scanned or typed.</summary>
    /// <param name="text">The scanned text.</param>
    /// <param name="code">The code, when the answer is true.</param>
    /// <returns>False when the text is no QR code.</returns>
    public static bool TryParse(string? text, out QrCode code)
    {
        var value = Identifier.Normalize(text, MinLength, MaxLength);
        code = value is null ? default : new QrCode(value);
        return value is not null;
    }

    /// <summary>Wraps a value that a store read back and that is therefore normal already; nothing is checked.</summary>
    /// <param name="normalized">A value that <see cref="Value"/> gave.</param>
    /// <returns>The code.</returns>
    public static QrCode FromStored(string normalized) => new(normalized);

    /// <summary>Compares by code unit, as PostgreSQL's collation "C" does: one order in memory, in indexes and in cursors.</summary>
    /// <param name="other">The other code.</param>
    /// <returns>Less than, equal to or greater than zero.</returns>
    public int CompareTo(QrCode other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc cref="Value"/>
    /// <returns>The normal form.</returns>
    public override string ToString() => Value;

    /// <summary>Ordinal order.</summary>
    /// <param name="left">Left.</param>
    /// <param name="right">Right.</param>
    /// <returns>Whether <paramref name="left"/> comes first.</returns>
    public static bool operator <(QrCode left, QrCode right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order.</summary>
    /// <param name="left">Left.</param>
    /// <param name="right">Right.</param>
    /// <returns>Whether <paramref name="left"/> comes last.</returns>
    public static bool operator >(QrCode left, QrCode right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order.</summary>
    /// <param name="left">Left.</param>
    /// <param name="right">Right.</param>
    /// <returns>Whether <paramref name="left"/> comes first or both are equal.</returns>
    public static bool operator <=(QrCode left, QrCode right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order.</summary>
    /// <param name="left">Left.</param>
    /// <param name="right">Right.</param>
    /// <returns>Whether <paramref name="left"/> comes last or both are equal.</returns>
    public static bool operator >=(QrCode left, QrCode right) => left.CompareTo(right) >= 0;
}
