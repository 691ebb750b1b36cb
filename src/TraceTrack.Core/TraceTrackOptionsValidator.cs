using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace TraceTrack;

internal sealed class TraceTrackOptionsValidator : IValidateOptions<TraceTrackOptions>
{
    public ValidateOptionsResult Validate(string? name, TraceTrackOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        void Check(bool ok, string message, string setting)
        {
            if (!ok)
                errors.AddError(message, setting);
        }

        Check(IsPattern(options.ParentQrPattern), "must be a valid regular expression.", nameof(options.ParentQrPattern));
        Check(options.ParentCapacity is >= 1 and <= 1000, "must be 1 to 1,000.", nameof(options.ParentCapacity));
        Check(options.ChildWeightKg is >= 0.001m and <= 1000m && decimal.Round(options.ChildWeightKg, 3) == options.ChildWeightKg,
            "must be 0.001 to 1,000 kg with at most three places.", nameof(options.ChildWeightKg));
        Check(options.ReplayWindow >= TimeSpan.FromHours(1) && options.ReplayWindow <= TimeSpan.FromDays(3653),
            "must be 1 hour to 10 years.", nameof(options.ReplayWindow));
        Check(options.LoginSessionLifetime >= TimeSpan.FromMinutes(1) && options.LoginSessionLifetime <= TimeSpan.FromDays(30),
            "must be 1 minute to 30 days.", nameof(options.LoginSessionLifetime));
        Check(options.LoginSessionRenewal >= TimeSpan.Zero && options.LoginSessionRenewal <= options.LoginSessionLifetime,
            "must be zero up to LoginSessionLifetime.", nameof(options.LoginSessionRenewal));
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
