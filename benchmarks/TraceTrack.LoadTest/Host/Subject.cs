namespace TraceTrack.LoadTest.Host;

/// <summary>What is measured.</summary>
/// <param name="Name">In tables and files.</param>
/// <param name="IsHost">Whether it is the host, whatever its settings.</param>
internal sealed record Subject(string Name, bool IsHost)
{
    public static readonly Subject TraceTrack = new("tracetrack", IsHost: true);
    public static readonly Subject Floor = new("floor", IsHost: false);
    public static readonly Subject CachesOff = new("caches off", IsHost: true) { Settings = { ["Cache__Enabled"] = "false" } };

    public Dictionary<string, string> Settings { get; init; } = new(StringComparer.Ordinal);

    public bool HasCaches => IsHost && !Settings.ContainsKey("Cache__Enabled");

    public string Dll => IsHost ? HostDll : typeof(Subject).Assembly.Location;

    public IReadOnlyList<string> Arguments { get; init; } = IsHost ? ["--bags", "0"] : [FloorServer.Verb];

    public Dictionary<string, string> Environment(string database, string? redis, string password)
    {
        var environment = new Dictionary<string, string>(Settings, StringComparer.Ordinal);
        if (!IsHost)
        {
            environment[FloorServer.DatabaseVariable] = database;
            // What a program of ASP.NET Core has by default, and this one has not.
            environment["DOTNET_gcServer"] = "1";
            return environment;
        }

        environment["TRACETRACK_POSTGRES"] = database;
        environment["TRACETRACK_REDIS"] = redis ?? "";
        environment["TRACETRACK_ADMIN_PASSWORD"] = password;
        // All users come from one address here; counting them is on as it is, refusing them is not what is measured.
        foreach (var limit in new[] { "UserPerSecond", "AnonymousPerSecond", "LoginsPerMinute", "LoginsPerMinuteOfAddress" })
            environment[$"RateLimits__{limit}"] = "0";
        return environment;
    }

    /// <summary>Where the build put it, in the same configuration as this program.</summary>
    private static string HostDll
    {
        get
        {
            // CLONE/benchmarks/TraceTrack.LoadTest/bin/Release/net10.0/
            var own = new DirectoryInfo(AppContext.BaseDirectory);
            var (framework, configuration) = (own.Name, own.Parent!.Name);
            var clone = own.Parent.Parent!.Parent!.Parent!.Parent!.FullName;
            var dll = Path.Combine(clone, "samples", "GraphQLHost", "bin", configuration, framework, "GraphQLHost.dll");
            return File.Exists(dll) ? dll : throw new InvalidOperationException($"The host is not built: {dll}");
        }
    }
}
