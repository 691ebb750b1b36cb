using System.Globalization;

namespace TraceTrack.Scans;

/// <summary>
/// A place in the feed of scans. Opaque: ordered, good for going on from, and written as text such as <c>7412.90210</c>. It belongs to
/// the store it came from.
/// </summary>
/// <param name="Transaction">Which transaction wrote the scan.</param>
/// <param name="EventId">The scan's <see cref="Scan.EventId"/>.</param>
public readonly record struct EventPosition(ulong Transaction, long EventId) : IComparable<EventPosition>
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The position.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidCursor"/>.</exception>
    public static EventPosition Parse(string? text)
    {
        var dot = text?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        return dot > 0
            && ulong.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var transaction)
            && long.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var eventId)
                ? new(transaction, eventId)
                : throw new InvalidInputException(ErrorCodes.InvalidCursor, "This is no position in the feed of scans.");
    }

    /// <summary>Orders as the feed does.</summary>
    /// <param name="other">The other position.</param>
    /// <returns>Less than, equal to or greater than zero.</returns>
    public int CompareTo(EventPosition other) => (Transaction, EventId).CompareTo((other.Transaction, other.EventId));

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    /// <returns>Two numbers and a dot.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Transaction}.{EventId}");

    /// <summary>Order of the feed.</summary>
    /// <param name="left">Left.</param>
    /// <param name="right">Right.</param>
    /// <returns>Whether <paramref name="left"/> comes first.</returns>
    public static bool operator <(EventPosition left, EventPosition right) => left.CompareTo(right) < 0;

    /// <summary>Order of the feed.</summary>
    /// <param name="left">Left.</param>
    /// <param name="right">Right.</param>
    /// <returns>Whether <paramref name="left"/> comes later.</returns>
    public static bool operator >(EventPosition left, EventPosition right) => left.CompareTo(right) > 0;

    /// <summary>Order of the feed.</summary>
    /// <param name="left">Left.</param>
    /// <param name="right">Right.</param>
    /// <returns>Whether <paramref name="left"/> comes first, or they are equal.</returns>
    public static bool operator <=(EventPosition left, EventPosition right) => left.CompareTo(right) <= 0;

    /// <summary>Order of the feed.</summary>
    /// <param name="left">Left.</param>
    /// <param name="right">Right.</param>
    /// <returns>Whether <paramref name="left"/> comes later, or they are equal.</returns>
    public static bool operator >=(EventPosition left, EventPosition right) => left.CompareTo(right) >= 0;
}
