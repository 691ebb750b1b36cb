using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace TraceTrack.Caching;

internal sealed partial class RedisOptionsValidator : IValidateOptions<RedisOptions>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, RedisOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        void Check(string setting, TimeSpan value, TimeSpan least, TimeSpan most, string range) =>
            errors.Check(nameof(RedisOptions), RedisOptions.ConfigurationSection, setting, value, least, most, range);

        if (options.KeyPrefix is null || !Prefix().IsMatch(options.KeyPrefix))
        {
            errors.Add(
                nameof(RedisOptions), RedisOptions.ConfigurationSection, nameof(options.KeyPrefix), $"'{options.KeyPrefix}'", "1–32 characters of a–z A–Z 0–9 - _ .");
        }

        Check(nameof(options.OperationTimeout), options.OperationTimeout, TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(10), "5 milliseconds to 10 seconds");
        Check(nameof(options.ConnectTimeout), options.ConnectTimeout, TimeSpan.FromMilliseconds(10), Minute, "10 milliseconds to 1 minute");
        Check(nameof(options.RetryAfter), options.RetryAfter, TimeSpan.FromMilliseconds(10), Minute, "10 milliseconds to 1 minute");
        return errors.Build();
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,32}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Prefix();
}
