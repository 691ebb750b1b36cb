using GraphQLHost.Identity;
using TraceTrack;

namespace GraphQLHost;

/// <summary>What the host is started with.</summary>
public sealed class HostSettings
{
    /// <value>Where bags are kept; null for this process's memory.</value>
    public string? ConnectionString { get; set; }

    /// <value>The second tier of the cache, as StackExchange.Redis takes it; null for memory only. Without a database there is no cache.</value>
    public string? RedisConfiguration { get; set; }

    /// <value>Where the host listens, as ASP.NET Core takes it; null leaves it to the configuration, such as <c>ASPNETCORE_URLS</c>.</value>
    public string? Urls { get; set; }

    /// <value>Sets the warehouse's rules.</value>
    public Action<TraceTrackOptions>? Rules { get; set; }

    /// <value>Whom to trust; null for TraceTrack's own users. Another scheme is added in <see cref="Configure"/>.</value>
    public IdentitySettings? Identity { get; set; }

    /// <value>Runs before anything is registered, so that tests can put a clock or a logger of their own first.</value>
    public Action<WebApplicationBuilder>? Configure { get; set; }
}
