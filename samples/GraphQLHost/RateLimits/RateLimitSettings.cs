using GraphQLHost.Server;

namespace GraphQLHost.RateLimits;

/// <summary>How often one caller may ask. Zero turns a limit off.</summary>
internal sealed class RateLimitSettings
{
    public const string ConfigurationSection = "RateLimits";

    /// <value>
    /// Requests of one user a second, in the long run; 5,000 by default: enough for a gateway that stands for a whole site, and a bound to what one
    /// user takes from all others. People and hand scanners need fewer than 50.
    /// </value>
    public int UserPerSecond { get; set; } = 5_000;

    /// <value>Requests of one user at once; 10,000 by default.</value>
    public int UserBurst { get; set; } = 10_000;

    /// <value>Requests without a valid session from one address a second; 500 by default. There is nothing to do without one but to log in.</value>
    public int AnonymousPerSecond { get; set; } = 500;

    /// <value>Such requests at once; 1,000 by default.</value>
    public int AnonymousBurst { get; set; } = 1_000;

    /// <value>Log-ins (and changes of the own password) a minute with one name from one address, failed or not; 30 by default.</value>
    public int LoginsPerMinute { get; set; } = 30;

    /// <value>Log-ins a minute from one address, with whatever names; 1,200 by default: a whole shift may come through one.</value>
    public int LoginsPerMinuteOfAddress { get; set; } = 1_200;

    public void Check() => new SettingsRules(ConfigurationSection, typeof(RateLimitSettings))
        .Within(nameof(UserPerSecond), UserPerSecond, 0)
        .Within(nameof(UserBurst), UserBurst, UserPerSecond == 0 ? 0 : 1)
        .Within(nameof(AnonymousPerSecond), AnonymousPerSecond, 0)
        .Within(nameof(AnonymousBurst), AnonymousBurst, AnonymousPerSecond == 0 ? 0 : 1)
        .Within(nameof(LoginsPerMinute), LoginsPerMinute, 0)
        .Within(nameof(LoginsPerMinuteOfAddress), LoginsPerMinuteOfAddress, 0)
        .Check();
}
