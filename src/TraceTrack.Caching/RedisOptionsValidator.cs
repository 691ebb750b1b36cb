using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace TraceTrack.Caching;

internal sealed partial class RedisOptionsValidator : IValidateOptions<RedisOptions>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, RedisOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.KeyPrefix is null || !Prefix().IsMatch(options.KeyPrefix))
            errors.AddError($"RedisOptions.KeyPrefix is '{options.KeyPrefix}'; it must be 1–32 characters of a–z A–Z 0–9 - _ .");
        errors.Check("RedisOptions.OperationTimeout", options.OperationTimeout, TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(10), "5 milliseconds to 10 seconds");
        errors.Check("RedisOptions.ConnectTimeout", options.ConnectTimeout, TimeSpan.FromMilliseconds(10), Minute, "10 milliseconds to 1 minute");
        errors.Check("RedisOptions.RetryAfter", options.RetryAfter, TimeSpan.FromMilliseconds(10), Minute, "10 milliseconds to 1 minute");
        return errors.Build();
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,32}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Prefix();
}
