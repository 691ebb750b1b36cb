using System.CommandLine;

namespace TraceTrack.LoadTest.Host;

internal static class HostCommand
{
    public static Command Create(Option<bool> quick)
    {
        var bags = new Option<int?>("--bags") { Description = "Bags of the warehouse, all else in proportion; 810,000 when left out." };
        var users = new Option<int[]>("--users")
        {
            Description = "How many users, for the curve of latency against users.",
            DefaultValueFactory = _ => [1, 10, 50, 100, 200, 500],
            CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',')).Select(text => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture))],
            AllowMultipleArgumentsPerToken = true,
        };
        var soak = new Option<int>("--soak") { Description = "Instead: 50 users at the fixed rate for so many minutes.", HelpName = "MINUTES" };
        var pools = new Option<bool>("--pools") { Description = "Instead: sizes of the pool of connections, at 50 and at 200 users." };
        var host = new Command("host", "The whole host under 50 users with a warehouse's mix, against bare Kestrel and Npgsql, and without its caches.")
        {
            quick, bags, users, soak, pools,
        };
        host.SetAction((parsed, cancellation) => HostBench.RunAsync(
            new(parsed.GetValue(quick), parsed.GetValue(bags), parsed.GetValue(users)!, parsed.GetValue(soak), parsed.GetValue(pools)), cancellation));
        return host;
    }

    /// <summary>The floor is this program too, in a process of its own.</summary>
    public static Command CreateFloor()
    {
        var floor = new Command(FloorServer.Verb) { Hidden = true };
        floor.SetAction((_, cancellation) => FloorServer.RunAsync(cancellation));
        return floor;
    }
}
