using GraphQLHost.Server;

namespace GraphQLHost.Observability;

/// <summary>Who may read <c>/metrics</c>.</summary>
internal enum MetricsAccess
{
    /// <summary>Programs on this computer, and admins.</summary>
    Loopback,

    /// <summary>Admins.</summary>
    Admins,

    /// <summary>Whoever reaches the host.</summary>
    Everybody,

    /// <summary>Nobody: there is no such path, and for it nothing is collected.</summary>
    Nobody,
}

/// <summary>What is watched, and who may see it.</summary>
internal sealed class ObservabilitySettings
{
    public const string ConfigurationSection = "Observability";

    /// <value>
    /// Who may read the metrics; by default programs on this computer and admins. They hold no warehouse data but tell strangers how much is scanned
    /// and what the host is made of.
    /// </value>
    public MetricsAccess Metrics { get; set; }

    /// <value>A GraphQL operation that takes this long or longer is named in the log; 1 second by default, zero for none.</value>
    public TimeSpan SlowOperation { get; set; } = TimeSpan.FromSeconds(1);

    public void Check() => new SettingsRules(ConfigurationSection, typeof(ObservabilitySettings))
        .Demand(Enum.IsDefined(Metrics), nameof(Metrics), Metrics.ToString(), $"it must be one of {string.Join(", ", Enum.GetNames<MetricsAccess>())}")
        .Within(nameof(SlowOperation), SlowOperation, TimeSpan.Zero, TimeSpan.FromDays(1))
        .Check();
}
