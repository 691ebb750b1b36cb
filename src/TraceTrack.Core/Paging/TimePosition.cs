using System.Globalization;

namespace TraceTrack.Paging;

/// <summary>A time and a key as cursors carry them.</summary>
internal static class TimePosition
{
    public static string Format(DateTimeOffset time, long id) => string.Create(CultureInfo.InvariantCulture, $"{time.UtcTicks}.{id}");

    public static (DateTimeOffset Time, long Id)? Parse(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0
            && long.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTime.MaxValue.Ticks
            && long.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? (new(ticks, TimeSpan.Zero), id)
                : null;
    }
}
