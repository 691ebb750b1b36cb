using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace TraceTrack;

internal sealed class TraceTrackOptionsValidator : IValidateOptions<TraceTrackOptions>
{
    public ValidateOptionsResult Validate(string? name, TraceTrackOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        void Check(bool ok, string setting, object? value, string range)
        {
            if (!ok)
            {
                errors.AddError(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{nameof(TraceTrackOptions)}.{setting} is {value}; it must be {range} (configuration: {TraceTrackOptions.ConfigurationSection}:{setting})."));
            }
        }

        Check(IsPattern(options.ParentQrPattern), nameof(options.ParentQrPattern), $"'{options.ParentQrPattern}'", "a valid regular expression");
        Check(options.ParentCapacity is >= 1 and <= 1000, nameof(options.ParentCapacity), options.ParentCapacity, "1 to 1,000");
        Check(options.ChildWeightKg is >= 0.001m and <= 1000m && decimal.Round(options.ChildWeightKg, 3) == options.ChildWeightKg,
            nameof(options.ChildWeightKg), options.ChildWeightKg, "0.001 to 1,000 kg with at most three places");
        Check(options.ReplayWindow >= TimeSpan.FromHours(1) && options.ReplayWindow <= TimeSpan.FromDays(3653),
            nameof(options.ReplayWindow), options.ReplayWindow, "1 hour to 10 years");
        Check(options.UndoWindow >= TimeSpan.FromMinutes(1) && options.UndoWindow <= TimeSpan.FromHours(24) && options.UndoWindow <= options.ReplayWindow,
            nameof(options.UndoWindow), options.UndoWindow, $"1 minute to 24 hours, and no more than ReplayWindow ({options.ReplayWindow})");
        Check(options.LoginSessionLifetime >= TimeSpan.FromMinutes(1) && options.LoginSessionLifetime <= TimeSpan.FromDays(30),
            nameof(options.LoginSessionLifetime), options.LoginSessionLifetime, "1 minute to 30 days");
        Check(options.LoginSessionRenewal >= TimeSpan.Zero && options.LoginSessionRenewal <= options.LoginSessionLifetime,
            nameof(options.LoginSessionRenewal), options.LoginSessionRenewal, $"zero up to LoginSessionLifetime ({options.LoginSessionLifetime})");
        return errors.Build();
    }

    private static bool IsPattern(string? pattern)
    {
        if (string.IsNullOrEmpty(pattern))
            return false;
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
