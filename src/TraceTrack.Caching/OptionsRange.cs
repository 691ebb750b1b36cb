using Microsoft.Extensions.Options;

namespace TraceTrack.Caching;

/// <summary>Messages that name the setting, its value and its range.</summary>
internal static class OptionsRange
{
    public static void Check<T>(this ValidateOptionsResultBuilder errors, string setting, T value, T least, T most, string range)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            errors.AddError($"{setting} is {value}; it must be {range}.");
    }
}
