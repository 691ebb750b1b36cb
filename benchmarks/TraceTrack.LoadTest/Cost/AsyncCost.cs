using System.Diagnostics;
using TraceTrack.DemoData;

namespace TraceTrack.LoadTest.Cost;

/// <summary>
/// Requests of many users on a server that awaits its database, and on one whose threads wait for it. The server is a process of its own, and
/// each of its statements waits, as one does for a lock or a network.
/// </summary>
internal static class AsyncCost
{
    private const int Users = 100;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(CostTable table, BenchDatabase database, DemoWarehouse warehouse, bool quick, CancellationToken cancellation)
    {
        var time = TimeSpan.FromSeconds(quick ? 4 : 15);
        var figures = new Dictionary<WaitStyle, (double PerSecond, double PerCore, int Threads)>();
        foreach (var style in Enum.GetValues<WaitStyle>())
        {
            figures[style] = await MeasureAsync(database, warehouse, style, time, cancellation);
            Work.Say(FormattableString.Invariant(
                $"async, {style}: {figures[style].PerSecond:0}/s, {figures[style].PerCore:0} a second of a core, {figures[style].Threads} threads"));
        }

        var (awaited, blocked, many) = (figures[WaitStyle.Await], figures[WaitStyle.Block], figures[WaitStyle.BlockWithThreads]);
        Add("async", "off: threads that wait, as many as a server begins with", blocked);
        Add("async, 2", "off: a thread that waits for each user", many);

        void Add(string @case, string what, (double PerSecond, double PerCore, int Threads) other)
        {
            table.Add(new(@case, FormattableString.Invariant($"{what} ({other.Threads} threads; on: {awaited.Threads})"), "time a request", "ms", 1000 * Users / other.PerSecond, 1000 * Users / awaited.PerSecond)
            {
                Claim = FormattableString.Invariant($"5 x the requests; here {awaited.PerSecond / other.PerSecond:0.0} x"),
            });
            table.Add(new(@case, "", "processor time", "us", 1e6 / other.PerCore, 1e6 / awaited.PerCore));
            table.Keep(new(@case, what, "threads", "", other.Threads, awaited.Threads));
            table.Keep(new(@case, what, "per second", "requests/s", other.PerSecond, awaited.PerSecond));
        }
    }

    private static async Task<(double PerSecond, double PerCore, int Threads)> MeasureAsync(
        BenchDatabase database, DemoWarehouse warehouse, WaitStyle style, TimeSpan time, CancellationToken cancellation)
    {
        using var server = WaitingServer.Start(database.ConnectionString, style, Users);
        try
        {
            var address = await WaitingServer.AddressAsync(server, cancellation);
            using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Users }) { BaseAddress = address };
            await AskAsync(client, warehouse, WarmUp, cancellation);
            server.Refresh();
            var before = server.TotalProcessorTime;
            var started = Stopwatch.GetTimestamp();
            var requests = await AskAsync(client, warehouse, time, cancellation);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            server.Refresh();
            return (requests / seconds, requests / (server.TotalProcessorTime - before).TotalSeconds, server.Threads.Count);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <returns>Right answers.</returns>
    private static async Task<long> AskAsync(HttpClient client, DemoWarehouse warehouse, TimeSpan time, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, Users).Select(user => Task.Run(async () =>
        {
            var random = new Random(user);
            long count = 0;
            for (; Stopwatch.GetElapsedTime(started) < time; count++)
            {
                var qr = DemoWarehouse.Child(random.Next(warehouse.Children)).Value;
                var answer = await client.GetStringAsync(new Uri("/" + qr, UriKind.Relative), cancellation);
                if (answer != qr)
                    throw new InvalidOperationException($"'{answer}' was answered for {qr}.");
            }

            return count;
        })));
        return counts.Sum();
    }
}
