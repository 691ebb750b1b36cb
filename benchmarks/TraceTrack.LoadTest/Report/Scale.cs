using System.Globalization;

namespace TraceTrack.LoadTest.Report;

/// <summary>From values to places on paper.</summary>
/// <param name="Low">The least value.</param>
/// <param name="High">The greatest value; more than <paramref name="Low"/>.</param>
/// <param name="From">Where the least value is.</param>
/// <param name="To">Where the greatest is.</param>
/// <param name="IsLogarithmic">Equal steps for equal ratios; then all values are above 0.</param>
internal sealed record Scale(double Low, double High, double From, double To, bool IsLogarithmic = false)
{
    /// <summary>A linear scale from 0 to a round number at or above the greatest value.</summary>
    public static Scale Linear(double greatest, double from, double to)
    {
        var step = Step(greatest <= 0 ? 1 : greatest);
        return new(0, step * Math.Ceiling((greatest <= 0 ? 1 : greatest) / step), from, to);
    }

    /// <summary>A logarithmic scale whose ends are 1, 2 or 5 times a power of ten.</summary>
    public static Scale Logarithmic(double least, double greatest, double from, double to)
    {
        var (low, high) = (RoundDown(least), RoundUp(greatest));
        return new(low, high > low ? high : RoundUp(low * 1.5), from, to, IsLogarithmic: true);
    }

    public double Place(double value) => From + ((To - From) * Share(value));

    /// <summary>Round values from one end to the other.</summary>
    public IReadOnlyList<double> Ticks()
    {
        var ticks = new List<double>();
        if (IsLogarithmic)
        {
            // 1, 2, 5 where there is room for them, else powers of ten.
            var decades = Math.Log10(High / Low);
            for (var power = Math.Floor(Math.Log10(Low)); power <= Math.Ceiling(Math.Log10(High)); power++)
            {
                foreach (var digit in decades <= 3.01 ? (ReadOnlySpan<int>)[1, 2, 5] : [1])
                    AddWithin(digit * Math.Pow(10, power));
            }

            return ticks;
        }

        var step = Step(High - Low);
        for (var i = 0; i <= (int)Math.Round((High - Low) / step); i++)
            AddWithin(Low + (i * step));
        return ticks;

        void AddWithin(double tick)
        {
            if (tick >= Low * (1 - 1e-9) && tick <= High * (1 + 1e-9))
                ticks.Add(double.Parse(tick.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        }
    }

    private double Share(double value) => IsLogarithmic ? Math.Log(value / Low) / Math.Log(High / Low) : (value - Low) / (High - Low);

    /// <summary>1, 2 or 5 times a power of ten, so that there are four to ten steps.</summary>
    private static double Step(double range)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(range)) - 1);
        foreach (var digit in (ReadOnlySpan<double>)[1, 2, 5, 10])
        {
            if (range / (digit * power) <= 10 + 1e-9)
                return digit * power;
        }

        return 20 * power;
    }

    private static double RoundDown(double value) => Round(value, static (digit, rest) => digit <= rest * (1 + 1e-9), isUp: false);

    private static double RoundUp(double value) => Round(value, static (digit, rest) => digit >= rest * (1 - 1e-9), isUp: true);

    private static double Round(double value, Func<double, double, bool> fits, bool isUp)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        double[] digits = [1, 2, 5, 10];
        var rest = value / power;
        return power * (isUp ? digits.First(digit => fits(digit, rest)) : digits.Last(digit => fits(digit, rest)));
    }
}
