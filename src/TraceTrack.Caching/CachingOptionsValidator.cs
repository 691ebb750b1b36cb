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
        errors.Check("CachingOptions.BagTimeToLive", options.BagTimeToLive, Second, Day, ToADay);
        errors.Check("CachingOptions.BillTimeToLive", options.BillTimeToLive, Second, Day, ToADay);
        errors.Check("CachingOptions.SearchTimeToLive", options.SearchTimeToLive, Second, Day, ToADay);
        errors.Check("CachingOptions.LoginSessionTimeToLive", options.LoginSessionTimeToLive, Second, Day, ToADay);
        errors.Check(
            "CachingOptions.LoginSessionMemoryTimeToLive", options.LoginSessionMemoryTimeToLive, Second, options.LoginSessionTimeToLive,
            $"1 second up to LoginSessionTimeToLive ({options.LoginSessionTimeToLive})");
        errors.Check("CachingOptions.AbsenceTimeToLive", options.AbsenceTimeToLive, TimeSpan.Zero, Day, "zero to 1 day");
        errors.Check("CachingOptions.MemoryLimitBytes", options.MemoryLimitBytes, 1L << 20, 1L << 40, "1 MiB to 1 TiB");
        return errors.Build();
    }
}
