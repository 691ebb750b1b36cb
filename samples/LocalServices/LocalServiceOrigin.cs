namespace TraceTrack.LocalServices;

/// <summary>Where a service came from, and with that who ends it.</summary>
public enum LocalServiceOrigin
{
    /// <summary>Named by an environment variable. Used as it is; never started, changed or stopped.</summary>
    Environment,

    /// <summary>Server binaries on this computer, run as a private server in a folder of our own.</summary>
    ServerBinaries,

    /// <summary>A container. Unverified: nobody has run this path yet.</summary>
    Docker,
}
