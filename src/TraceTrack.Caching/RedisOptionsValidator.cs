using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace TraceTrack.Caching;

internal sealed partial class RedisOptionsValidator : IValidateOptions<RedisOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.KeyPrefix is null || !Prefix().IsMatch(options.KeyPrefix))
        {
            errors.Add(
                nameof(RedisOptions), RedisOptions.ConfigurationSection, nameof(options.KeyPrefix), $"'{options.KeyPrefix}'", "1–32 characters of a–z A–Z 0–9 - _ .");
        }

        SecondTierOptionsValidator.Check(errors, options, nameof(RedisOptions), RedisOptions.ConfigurationSection);
        errors.Check(
            nameof(RedisOptions), RedisOptions.ConfigurationSection, nameof(options.ConnectTimeout), options.ConnectTimeout,
            TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1), "10 milliseconds to 1 minute");
        return errors.Build();
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,32}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Prefix();
}
