using Microsoft.Extensions.Options;

namespace TraceTrack.Caching;

internal sealed class SecondTierOptionsValidator : IValidateOptions<SecondTierOptions>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, SecondTierOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        Check(errors, options, nameof(SecondTierOptions), SecondTierOptions.SecondTierSection);
        return errors.Build();
    }

    public static void Check(ValidateOptionsResultBuilder errors, SecondTierOptions options, string type, string section)
    {
        errors.Check(
            type, section, nameof(options.OperationTimeout), options.OperationTimeout,
            TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(10), "5 milliseconds to 10 seconds");
        errors.Check(
            type, section, nameof(options.RetryAfter), options.RetryAfter, TimeSpan.FromMilliseconds(10), Minute, "10 milliseconds to 1 minute");
    }
}
