using System.Globalization;
using Microsoft.Extensions.Options;

namespace TraceTrack.Postgres;

internal sealed class PostgresOptionsValidator : IValidateOptions<PostgresOptions>
{
    public ValidateOptionsResult Validate(string? name, PostgresOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        void Check(bool ok, string setting, object? value, string range)
        {
            if (!ok)
            {
                errors.AddError(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{nameof(PostgresOptions)}.{setting} is {value}; it must be {range} (configuration: {PostgresOptions.ConfigurationSection}:{setting.Replace('.', ':')})."));
            }
        }

        Check(SchemaName.IsValid(options.SchemaName), nameof(options.SchemaName), $"'{options.SchemaName}'", "1–63 characters a–z 0–9 _, not beginning with a digit");
        Check(options.MaxPoolSize is >= 1 and <= 10_000, nameof(options.MaxPoolSize), options.MaxPoolSize, "1 to 10,000");
        Check(options.MinPoolSize >= 0 && options.MinPoolSize <= options.MaxPoolSize,
            nameof(options.MinPoolSize), options.MinPoolSize, $"0 up to MaxPoolSize ({options.MaxPoolSize})");
        Check(options.MaxRetries is >= 0 and <= 10, nameof(options.MaxRetries), options.MaxRetries, "0 to 10");
        var log = options.ScanLog;
        Check(log.Interval >= TimeSpan.FromMinutes(1) && log.Interval <= TimeSpan.FromDays(1),
            "ScanLog.Interval", log.Interval, "1 minute (00:01:00) to 1 day (1.00:00:00)");
        Check(log.MonthsAhead is >= 1 and <= 24, "ScanLog.MonthsAhead", log.MonthsAhead, "1 to 24");
        Check(log.RetentionMonths is null or (>= 3 and <= 1200), "ScanLog.RetentionMonths", log.RetentionMonths, "3 to 1,200, or absent to keep everything");
        return errors.Build();
    }
}
