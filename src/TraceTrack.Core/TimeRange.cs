using System.Globalization;
using TraceTrack.Scans;

namespace TraceTrack;

/// <summary>A stretch of time; its beginning belongs to it, its end does not. The default has neither, and is all time.</summary>
/// <param name="From">The first moment in it; null for no beginning.</param>
/// <param name="Before">The first moment after it; null for no end. A range that ends before it begins holds nothing.</param>
public readonly record struct TimeRange(DateTimeOffset? From, DateTimeOffset? Before)
{
    /// <summary>All time.</summary>
    public static TimeRange All => default;

    /// <summary>One calendar day, which has 23 or 25 hours where clocks are put forward or back.</summary>
    /// <param name="date">The day.</param>
    /// <param name="zone">Whose day.</param>
    /// <returns>From its first moment to before the next day's.</returns>
    public static TimeRange OfDay(DateOnly date, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return new(Midnight(date, zone), date == DateOnly.MaxValue ? null : Midnight(date.AddDays(1), zone));
    }

    /// <summary>Whether a moment is in it.</summary>
    /// <param name="time">The moment.</param>
    /// <returns>True from <see cref="From"/> on and before <see cref="Before"/>.</returns>
    public bool Contains(DateTimeOffset time) => (From is not { } from || time >= from) && (Before is not { } before || time < before);

    /// <summary>Whether it has neither beginning nor end.</summary>
    public bool IsAll => this == default;

    /// <summary>The same range among stored times, which are whole microseconds, so that stores need not care what they do with less.</summary>
    internal TimeRange InMicroseconds => new(RoundUp(From), RoundUp(Before));

    /// <summary>Tells ranges apart in a cursor's fingerprint.</summary>
    internal string? Text => IsAll ? null : string.Create(CultureInfo.InvariantCulture, $"{From?.UtcTicks}-{Before?.UtcTicks}");

    private static DateTimeOffset? RoundUp(DateTimeOffset? time)
    {
        if (time is not { } given)
            return null;
        var cut = RecordedTime.Truncate(given);
        return cut == given || cut > RecordedTime.Truncate(DateTimeOffset.MaxValue) - RecordedTime.Step ? cut : cut + RecordedTime.Step;
    }

    private static DateTimeOffset Midnight(DateOnly date, TimeZoneInfo zone)
    {
        var midnight = date.ToDateTime(TimeOnly.MinValue);
        // Where the day begins later, because midnight itself is skipped, its first moment has the offset of the moment before.
        var offset = zone.IsInvalidTime(midnight)
            ? zone.GetUtcOffset(midnight.AddHours(-3))
            : zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        var ticks = Math.Clamp(midnight.Ticks - offset.Ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks);
        return new(ticks, TimeSpan.Zero);
    }
}
