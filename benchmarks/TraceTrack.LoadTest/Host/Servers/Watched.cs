using System.Diagnostics;

namespace TraceTrack.LoadTest.Host;

/// <summary>What a run cost: cores, by program, and memory at its end.</summary>
internal sealed record RunCost(double? Server, double? Postgres, double? Redis, double Generator, double? ServerMegabytes, double? PostgresMegabytes)
{
    public override string ToString() => FormattableString.Invariant(
        $"cores: server {Server:0.00}, PostgreSQL {Postgres:0.00}, Redis {Redis:0.00}, load generator {Generator:0.00}; MB: server {ServerMegabytes:0}, PostgreSQL {PostgresMegabytes:0}");
}

/// <summary>Watches the programs that take part.</summary>
internal sealed class Watched(int server, int? postgres, int? redis)
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly (Usage Server, Usage Postgres, Usage Redis, Usage Generator) _before = Look(server, postgres, redis);

    public RunCost Stop()
    {
        var seconds = Stopwatch.GetElapsedTime(_began).TotalSeconds;
        var now = Look(server, postgres, redis);
        return new(
            Cores(_before.Server, now.Server), Cores(_before.Postgres, now.Postgres), Cores(_before.Redis, now.Redis),
            Cores(_before.Generator, now.Generator) ?? 0, now.Server.Megabytes, now.Postgres.Megabytes);

        double? Cores(Usage before, Usage after) => (after.Processor - before.Processor)?.TotalSeconds / seconds;
    }

    private static (Usage Server, Usage Postgres, Usage Redis, Usage Generator) Look(int server, int? postgres, int? redis) => (
        Usage.OfProcess(server), Usage.OfFamily(postgres), redis is { } id ? Usage.OfFamily(id) : default, Usage.OfProcess(Environment.ProcessId));
}
