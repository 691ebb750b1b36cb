using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Jobs;
using Perfolizer.Horology;
using TraceTrack.Benchmarks;
using TraceTrack.Benchmarks.Caching;
using TraceTrack.LoadTest.Micro;

namespace TraceTrack.LoadTest.Cache;

/// <summary>
/// The look-ups, and authentication, by BenchmarkDotNet. Floor and subjects take turns in several rounds, because a computer is not equally
/// fast all the time; a figure is the median of its rounds, a ratio the median of the ratios in each round.
/// </summary>
internal sealed class HitCases(ComparisonTable table, bool quick)
{
    /// <summary>When a quick run begins no second round any more.</summary>
    private static readonly TimeSpan QuickRounds = TimeSpan.FromSeconds(30);

    private static readonly string[] Peers = [nameof(MemoryHitBenchmarks.HybridCache), nameof(MemoryHitBenchmarks.FusionCache)];

    private readonly long _started = Stopwatch.GetTimestamp();

    private int Rounds => quick ? 2 : 5;

    // What is measured keeps ten thousand bags; collecting them all before each iteration would take longer than the iteration.
    private static Job Base => Job.Default.WithGcForce(false);

    // Iterations so short that some of them are not interrupted by other work on the computer.
    private Job Short => Base.WithIterationTime(TimeInterval.FromMilliseconds(4)).WithWarmupCount(quick ? 60 : 200).WithIterationCount(quick ? 100 : 300);

    private Job Slow => Base.WithIterationTime(TimeInterval.FromMilliseconds(50)).WithWarmupCount(quick ? 3 : 6).WithIterationCount(quick ? 7 : 15);

    // An iteration is one call of a method that asks a hundred times and more; see SecondTierBenchmarks. The runtime compiles what runs often
    // a second time, in the background, and until then a program measures how it starts.
    private Job Long => Base.WithWarmupCount(quick ? 25 : 60).WithIterationCount(quick ? 10 : 40);

    public void RunMemory()
    {
        var rounds = Measure<MemoryHitBenchmarks>("memory hit", Short, least: true);
        foreach (var bags in rounds.Parameters)
        {
            var @case = bags == "1" ? "memory hit" : $"memory hit, {int.Parse(bags, CultureInfo.InvariantCulture).ToString("#,0", CultureInfo.InvariantCulture)} bags";
            Compare(rounds, bags, @case, nameof(MemoryHitBenchmarks.MemoryCache), "ns", 1, isInMemory: true, mayTake: 1.3);
        }
    }

    public void RunSecondTierHit() => Compare(
        Measure<SecondTierHitBenchmarks>("second tier hit", Long, least: false), "", "second tier hit", nameof(SecondTierHitBenchmarks.Redis), "us", 1000, isInMemory: false, mayTake: null);

    public void RunBatch() => Compare(
        Measure<SecondTierBatchBenchmarks>("batch 100", Long, least: false), "", "batch 100", nameof(SecondTierBatchBenchmarks.Redis), "us", 1000, isInMemory: false, mayTake: 1.3);

    public void RunAuthentication()
    {
        var rounds = Measure<AuthenticationBenchmarks>("authentication", Slow, least: true);
        const string Verification = nameof(AuthenticationBenchmarks.VerifyPassword);
        const string Session = nameof(AuthenticationBenchmarks.FindSession);
        var times = 1 / rounds.Ratio("", Session, Verification);
        table.Add("authentication", "a password", "us", rounds.Nanoseconds("", Verification) / 1000, "us", rounds.Bytes("", Verification));
        table.Add("authentication", "tracetrack", "us", rounds.Nanoseconds("", Session) / 1000, "us", rounds.Bytes("", Session));
        table.Add("authentication", "a password / tracetrack", "times", times, "x", goal: "≥ 10 x", isReached: times >= 10);
    }

    private MicroRounds Measure<T>(string @case, Job job, bool least)
    {
        var rounds = new MicroRounds(least);
        for (var round = 1; round <= Rounds && (round == 1 || !quick || Stopwatch.GetElapsedTime(_started) < QuickRounds); round++)
        {
            Work.Say($"{@case}, round {round}");
            rounds.Add(MicroBench.Run<T>(job));
        }

        return rounds;
    }

    private void Compare(MicroRounds rounds, string parameters, string @case, string floor, string unit, double nanoseconds, bool isInMemory, double? mayTake)
    {
        foreach (var subject in rounds.SubjectsOf(parameters))
        {
            var (value, bytes) = (rounds.Nanoseconds(parameters, subject) / nanoseconds, rounds.Bytes(parameters, subject));
            var ratio = rounds.Ratio(parameters, subject, floor);
            if (subject == floor)
                table.Add(@case, "floor", unit, value, unit, bytes);
            else if (subject != nameof(TraceTrack))
                table.Add(@case, subject, unit, value, unit, bytes, ratio);
            else if (mayTake is { } most && isInMemory)
                table.Add(@case, "tracetrack", unit, value, unit, bytes, ratio, $"≤ {most} x, 0 B, ahead of both", ratio <= most && bytes == 0 && IsAhead(ratio));
            else if (mayTake is { } limit)
                table.Add(@case, "tracetrack", unit, value, unit, bytes, ratio, $"≤ {limit} x", ratio <= limit);
            else
                table.Add(@case, "tracetrack", unit, value, unit, bytes, ratio);
        }

        bool IsAhead(double own) => Peers.All(peer => own < rounds.Ratio(parameters, peer, floor));
    }
}
