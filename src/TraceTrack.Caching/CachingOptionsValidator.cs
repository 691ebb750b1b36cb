using Microsoft.Extensions.Options;

namespace TraceTrack.Caching;

internal sealed class CachingOptionsValidator : IValidateOptions<CachingOptions>
{
    private const string ToADay = "1 second to 1 day";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, CachingOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        void Check<T>(string setting, T value, T least, T most, string range)
            where T : IComparable<T> =>
            errors.Check(nameof(CachingOptions), CachingOptions.ConfigurationSection, setting, value, least, most, range);

        Check(nameof(options.BagTimeToLive), options.BagTimeToLive, Second, Day, ToADay);
        Check(nameof(options.BillTimeToLive), options.BillTimeToLive, Second, Day, ToADay);
        Check(nameof(options.SearchTimeToLive), options.SearchTimeToLive, Second, Day, ToADay);
        Check(nameof(options.LoginSessionTimeToLive), options.LoginSessionTimeToLive, Second, Day, ToADay);
        Check(
            nameof(options.LoginSessionMemoryTimeToLive), options.LoginSessionMemoryTimeToLive, Second, options.LoginSessionTimeToLive,
            $"1 second up to LoginSessionTimeToLive ({options.LoginSessionTimeToLive})");
        Check(nameof(options.AbsenceTimeToLive), options.AbsenceTimeToLive, TimeSpan.Zero, Day, "zero to 1 day");
        Check(nameof(options.StaleTimeToLive), options.StaleTimeToLive, TimeSpan.Zero, Day, "zero to 1 day");
        Check(nameof(options.UnheardTimeToLive), options.UnheardTimeToLive, Second, TimeSpan.FromHours(1), "1 second to 1 hour");
        Check(nameof(options.MemoryLimitBytes), options.MemoryLimitBytes, 1L << 20, 1L << 40, "1 MiB to 1 TiB");
        return errors.Build();
    }
}
