using System.Globalization;

namespace TraceTrack.LoadTest.Host;

/// <summary>Whether the computer has time for this.</summary>
internal static class Computer
{
    private const string LoadFile = "/proc/loadavg";

    /// <summary>On Linux: how many programs wanted a core in the last minute, before anything was measured; filling the store is one or two.</summary>
    public static void SayWhetherBusy()
    {
        if (!File.Exists(LoadFile))
            return;
        var load = double.Parse(File.ReadAllText(LoadFile).Split(' ')[0], CultureInfo.InvariantCulture);
        if (load > Environment.ProcessorCount + 1)
            Work.Say(FormattableString.Invariant($"BUSY: a load of {load:0.0} on {Environment.ProcessorCount} cores. Times are of no use; ratios hardly."));
    }
}
