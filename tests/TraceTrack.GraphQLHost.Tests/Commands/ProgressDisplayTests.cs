using GraphQLHost.Commands;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;

namespace TraceTrack.GraphQLHost.Tests.Commands;

public sealed class ProgressDisplayTests : IDisposable
{
    private readonly WatchedClock _clock = new();
    private readonly StringWriter _output = new() { NewLine = "\n" };

    [Fact]
    public async Task Without_a_terminal_there_is_a_line_after_two_seconds_and_each_five()
    {
        var work = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource<StepProgress>(TaskCreationOptions.RunContinuationsAsynchronously);
        var shown = Display().ShowAsync(progress =>
        {
            begun.SetResult(progress);
            return work.Task;
        });
        var progress = await begun.Task;
        progress.Report("Filling", 1_000, 4_000);
        await AdvanceAsync(2, "Filling: 1,000 of 4,000, 25 % (2 s)\n");
        progress.As<string>(text => new(text, 0, 0)).Report("Indexing");
        await AdvanceAsync(5, "Indexing … (7 s)\n");
        await AdvanceAsync(5, "Indexing … (12 s)\n");
        work.SetResult(42);
        Assert.Equal(42, await shown);
    }

    [Fact]
    public async Task What_a_step_says_of_itself_is_shown_with_its_share_and_the_time_left()
    {
        var work = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource<StepProgress>(TaskCreationOptions.RunContinuationsAsynchronously);
        var shown = Display().ShowAsync(progress =>
        {
            begun.SetResult(progress);
            return work.Task;
        });
        var progress = (await begun.Task).As<(long Done, string Detail)>(now => new("Reading", now.Done, 4_000, now.Detail));
        progress.Report((1_000, StepProgress.Rate(5_000, TimeSpan.FromSeconds(2))));
        await AdvanceAsync(2, "Reading: 5,000 rows, 2,500 rows/s, 25 % (2 s, about 6 s left)\n");
        progress.Report((3_500, "more"));
        await AdvanceAsync(5, "Reading: more, 87 % (7 s, about 1 s left)\n");
        work.SetResult(42);
        Assert.Equal(42, await shown);
    }

    [Fact]
    public async Task What_is_quick_shows_nothing_and_what_fails_fails()
    {
        Assert.Equal(1, await Display().ShowAsync(_ => Task.FromResult(1)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Display().ShowAsync<int>(_ => throw new InvalidOperationException()));
        Assert.Empty(_output.ToString());
    }

    private ProgressDisplay Display() => new(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_output) }), _clock);

    public void Dispose() => _output.Dispose();

    private async Task AdvanceAsync(int seconds, string line)
    {
        Assert.True(await _clock.Timers.WaitAsync(TimeSpan.FromSeconds(30)));
        _output.GetStringBuilder().Clear();
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        for (var i = 0; i < 3_000 && _output.GetStringBuilder().Length < line.Length; i++)
            await Task.Delay(10);
        Assert.Equal(line, _output.ToString());
    }

    /// <summary>Tells when somebody waits, so that time does not move on before.</summary>
    private sealed class WatchedClock : FakeTimeProvider
    {
        public SemaphoreSlim Timers { get; } = new(0);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Timers.Release();
            return timer;
        }
    }
}
