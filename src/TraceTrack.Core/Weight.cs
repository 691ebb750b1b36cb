namespace TraceTrack;

/// <summary>Weights are decimal kilograms with three places. Stores keep them as whole grams, so that sums are exact and small.</summary>
public static class Weight
{
    /// <summary>The heaviest single bag.</summary>
    /// <value>1,000,000 kilograms.</value>
    public const decimal MaxKg = 1_000_000m;

    /// <summary>Kilograms as whole grams.</summary>
    /// <param name="kg">Kilograms with at most three places.</param>
    /// <returns>Grams.</returns>
    public static long ToGrams(decimal kg) => decimal.ToInt64(decimal.Round(kg * 1000m));

    /// <summary>Whole grams as kilograms with three places.</summary>
    /// <param name="grams">Grams.</param>
    /// <returns>Kilograms; the decimal always carries three places.</returns>
    public static decimal FromGrams(long grams) => new decimal(grams) * 0.001m;

    /// <summary>Whether a bag may weigh this.</summary>
    /// <param name="kg">Kilograms.</param>
    /// <returns>True for 0 up to <see cref="MaxKg"/> with at most three places.</returns>
    public static bool IsValid(decimal kg) => kg is >= 0 and <= MaxKg && decimal.Round(kg, 3) == kg;
}
