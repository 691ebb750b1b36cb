using System.Globalization;

namespace TraceTrack.LoadTest.Report;

/// <summary>Numbers as people read them: three digits that count, and never more than the measurement has.</summary>
internal static class Numbers
{
    public static string Text(double value)
    {
        var size = Math.Abs(value);
        return value.ToString(
            size >= 1_000_000 ? "#,0,,.0#'M'" : size >= 100 ? "#,0" : size >= 10 ? "0.#" : size >= 1 ? "0.##" : size >= 0.1 ? "0.###" : "0.####",
            CultureInfo.InvariantCulture);
    }

    /// <summary>1k, 8M: at the ticks of an axis.</summary>
    public static string Short(double value) => value.ToString(
        value >= 1_000_000 ? "0,,.##'M'" : value >= 10_000 ? "0,.##'k'" : "0.###", CultureInfo.InvariantCulture);
}
