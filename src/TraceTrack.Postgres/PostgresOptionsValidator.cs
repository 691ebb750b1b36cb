using Microsoft.Extensions.Options;

namespace TraceTrack.Postgres;

internal sealed class PostgresOptionsValidator : IValidateOptions<PostgresOptions>
{
    public ValidateOptionsResult Validate(string? name, PostgresOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (!SchemaName.IsValid(options.SchemaName))
            errors.AddError("must be 1–63 characters a–z 0–9 _, not beginning with a digit.", nameof(options.SchemaName));
        if (options.MaxPoolSize is < 1 or > 10_000)
            errors.AddError("must be 1 to 10,000.", nameof(options.MaxPoolSize));
        if (options.MinPoolSize < 0 || options.MinPoolSize > options.MaxPoolSize)
            errors.AddError("must be 0 up to MaxPoolSize.", nameof(options.MinPoolSize));
        if (options.MaxRetries is < 0 or > 10)
            errors.AddError("must be 0 to 10.", nameof(options.MaxRetries));
        return errors.Build();
    }
}
