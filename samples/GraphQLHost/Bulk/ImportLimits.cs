using Microsoft.Extensions.Options;

namespace GraphQLHost.Bulk;

/// <summary>How much an import over HTTP may be.</summary>
internal sealed class ImportLimits
{
    public const string ConfigurationSection = "Import";

    /// <value>The longest body in bytes; 1 GiB by default. It is never held in memory, so what it bounds is how long one request can go on.</value>
    public long MaxBytes { get; set; } = 1L << 30;

    public void Check()
    {
        if (MaxBytes < 1)
            throw new OptionsValidationException(ConfigurationSection, typeof(ImportLimits), [$"ImportLimits.MaxBytes is {MaxBytes}; it must be 1 or more (configuration: {ConfigurationSection}:MaxBytes)."]);
    }
}
