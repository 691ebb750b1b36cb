namespace GraphQLHost.Server;

/// <summary>What the server takes from clients whoever they are, and how it ends.</summary>
internal sealed class ServerSettings
{
    public const string ConfigurationSection = "Server";

    /// <value>Connections open at once; 10,000 by default. Kestrel closes the next one without an answer.</value>
    public int MaxConnections { get; set; } = 10_000;

    /// <value>Connections that wait to be accepted; 2,048 by default. The system may cut it (net.core.somaxconn on Linux).</value>
    public int Backlog { get; set; } = 2_048;

    /// <value>Bytes of a body; 1 MiB by default. GraphQL and imports have limits of their own.</value>
    public int MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <value>Bytes of a request's first line, which holds a query sent by GET; 16 KiB by default.</value>
    public int MaxRequestLineBytes { get; set; } = 16 * 1024;

    /// <value>Bytes of all headers of a request; 16 KiB by default.</value>
    public int MaxHeaderBytes { get; set; } = 16 * 1024;

    /// <value>How many headers a request may have; 64 by default.</value>
    public int MaxHeaders { get; set; } = 64;

    /// <value>How long a client may take to send its headers; 15 seconds by default.</value>
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <value>How long a connection may be idle; 130 seconds by default, which is longer than the usual proxies keep theirs.</value>
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(130);

    /// <value>How long a host that was told to stop goes on to answer 503 at least, so that load balancers notice; zero by default.</value>
    public TimeSpan DrainDelay { get; set; }

    /// <value>How long a host that was told to stop waits for requests that have begun; 30 seconds by default, as long as one may take.</value>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <value>How long browsers remember that this host is reached by HTTPS only; 180 days by default, told over HTTPS only; zero tells nothing.</value>
    public TimeSpan HstsMaxAge { get; set; } = TimeSpan.FromDays(180);

    /// <value>
    /// Origins whose pages may call this host, such as <c>https://scan.example.com</c>, or <c>*</c> for all; none by default. A page that the host
    /// serves itself needs none.
    /// </value>
    public IList<string> CorsOrigins { get; } = [];

    public void Check()
    {
        var day = TimeSpan.FromDays(1);
        new SettingsRules(ConfigurationSection, typeof(ServerSettings))
            .Within(nameof(MaxConnections), MaxConnections, 1)
            .Within(nameof(Backlog), Backlog, 1)
            .Within(nameof(MaxBodyBytes), MaxBodyBytes, 1)
            .Within(nameof(MaxRequestLineBytes), MaxRequestLineBytes, 128, 1024 * 1024)
            .Within(nameof(MaxHeaderBytes), MaxHeaderBytes, 1_024, 1024 * 1024)
            .Within(nameof(MaxHeaders), MaxHeaders, 8, 1_000)
            .Within(nameof(HeadersTimeout), HeadersTimeout, TimeSpan.FromSeconds(1), day)
            .Within(nameof(KeepAliveTimeout), KeepAliveTimeout, TimeSpan.FromSeconds(1), day)
            .Within(nameof(DrainDelay), DrainDelay, TimeSpan.Zero, day)
            .Within(nameof(DrainTimeout), DrainTimeout, TimeSpan.Zero, day)
            .Within(nameof(HstsMaxAge), HstsMaxAge, TimeSpan.Zero, TimeSpan.FromDays(3_650))
            .Demand(CorsOrigins.All(IsOrigin), nameof(CorsOrigins), string.Join(", ", CorsOrigins), "each must be * or an origin such as https://scan.example.com, without a path")
            .Check();
    }

    private static bool IsOrigin(string text) => text == "*"
        || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && text == uri.GetLeftPart(UriPartial.Authority));
}
