using System.Globalization;

namespace GraphQLHost.Engines;

/// <summary>How the schema's own scalars are written and read. Engines differ in their built-in ones; clients must not see that.</summary>
internal static class ScalarFormats
{
    // Seconds may carry up to seven places, which is as fine as .NET's clock; K takes Z and +hh:mm.
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    /// <summary>Three places always: 1 becomes 1.000.</summary>
    public static decimal Decimal(decimal value) => decimal.Round(value, 3) + 0.000m;

    /// <summary>UTC in microseconds, as the store keeps it; texts of equal length sort by time.</summary>
    public static string Time(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <returns>False for text that is no ISO 8601 moment, or one without Z or an offset, which would mean another moment in each place.</returns>
    public static bool TryParseTime(string text, out DateTimeOffset value)
    {
        value = default;
        return HasOffset(text)
            && DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out value);
    }

    private static bool HasOffset(string text) =>
        text.EndsWith('Z') || (text.Length > 6 && text[^3] == ':' && text[^6] is '+' or '-');
}
