using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace TraceTrack.LoadTest.Host;

internal static class HostCommand
{
    private const int MostUsers = 5_000;

    public static Command Create(Option<bool> quick)
    {
        var bags = new Option<int?>("--bags") { Description = "Bags of the warehouse, all else in proportion; 810,000 when left out." };
        var users = new Option<int[]>("--users")
        {
            Description = "How many users, for the curve of latency against users.",
            DefaultValueFactory = _ => [1, 10, 50, 100, 200, 500],
            CustomParser = ReadUsers,
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

    private static int[] ReadUsers(ArgumentResult result)
    {
        var users = new List<int>();
        foreach (var text in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= MostUsers)
                users.Add(number);
            else
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"--users takes numbers from 1 to {MostUsers} with commas between them, not '{text}'."));
        }

        return [.. users];
    }

    /// <summary>The floor is this program too, in a process of its own.</summary>
    public static Command CreateFloor()
    {
        var floor = new Command(FloorServer.Verb) { Hidden = true };
        floor.SetAction((_, cancellation) => FloorServer.RunAsync(cancellation));
        return floor;
    }
}
