using System.Diagnostics;

namespace TraceTrack.LoadTest.Host;

/// <summary>What a run reached.</summary>
/// <param name="Figures">Of the requests.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Unsent">Requests that were due and never sent, since those before them were not answered in time. Of a closed loop, none.</param>
internal sealed record LoadResult(LoadFigures Figures, double Seconds, long Unsent)
{
    public double PerSecond => Figures.Requests / Seconds;
}

/// <summary>Users at work for some time: as fast as they are answered (a closed loop), or at a fixed rate whatever the answers (an open loop).</summary>
internal sealed class LoadRun(IReadOnlyList<BenchUser> users, TimeSpan time)
{
    /// <summary>How long an open loop that came late may go on, to send what was due.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly LoadFigures _figures = new();
    private long _began;
    private long _unsent;

    /// <summary>Called with the time since the beginning and the latency of each answer; null as a rule.</summary>
    public Action<Operation, TimeSpan, TimeSpan>? Watch { get; init; }

    /// <summary>What is asked instead of the mix; null as a rule.</summary>
    public Func<BenchUser, CancellationToken, ValueTask>? Instead { get; init; }

    public Task<LoadResult> ClosedAsync(CancellationToken cancellation) => RunAsync(user => ClosedAsync(user, cancellation));

    public Task<LoadResult> OpenAsync(double perSecond, CancellationToken cancellation)
    {
        var pace = new Pace(users.Count, perSecond);
        return RunAsync(user => OpenAsync(user, pace, cancellation));
    }

    private TimeSpan Now => Stopwatch.GetElapsedTime(_began);

    private async Task<LoadResult> RunAsync(Func<int, Task> run)
    {
        _began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, users.Count).Select(user => Task.Run(() => run(user))));
        return new(_figures, Now.TotalSeconds, _unsent);
    }

    private async Task ClosedAsync(int user, CancellationToken cancellation)
    {
        while (Now < time)
            await AskAsync(users[user], Now, cancellation);
    }

    private async Task OpenAsync(int user, Pace pace, CancellationToken cancellation)
    {
        for (long request = 0; pace.Due(user, request) is var due && due < time; request++)
        {
            if (Now > time + Grace)
            {
                Interlocked.Increment(ref _unsent);
                continue;
            }

            // A timer is no finer than a millisecond; what is left is not waited for.
            if ((due - Now).TotalMilliseconds is var wait and >= 1)
                await Task.Delay((int)wait, cancellation);
            await AskAsync(users[user], due, cancellation);
        }
    }

    private async Task AskAsync(BenchUser user, TimeSpan due, CancellationToken cancellation)
    {
        var operation = user.Next();
        var sent = Now;
        try
        {
            if (Instead is { } instead)
                await instead(user, cancellation);
            else
                await user.AskAsync(operation, cancellation);
            var answered = Now;
            var latency = Pace.Latency(due, sent, answered);
            _figures.Add(operation, latency);
            Watch?.Invoke(operation, answered, latency);
        }
        catch (WrongAnswerException wrong)
        {
            _figures.AddError(operation, wrong.Code);
        }
        catch (IOException error)
        {
            _figures.AddError(operation, error.Message);
        }
    }
}
