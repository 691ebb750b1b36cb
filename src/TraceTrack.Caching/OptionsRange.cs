using System.Globalization;
using Microsoft.Extensions.Options;

namespace TraceTrack.Caching;

/// <summary>Messages that name the setting, its value, its range and its place.</summary>
internal static class OptionsRange
{
    public static void Check<T>(this ValidateOptionsResultBuilder errors, string options, string section, string setting, T value, T least, T most, string range)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            errors.Add(options, section, setting, value, range);
    }

    public static void Add(this ValidateOptionsResultBuilder errors, string options, string section, string setting, object? value, string range) =>
        errors.AddError(string.Create(CultureInfo.InvariantCulture, $"{options}.{setting} is {value}; it must be {range} (configuration: {section}:{setting})."));
}
