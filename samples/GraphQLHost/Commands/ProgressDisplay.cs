using System.Globalization;
using Spectre.Console;

namespace GraphQLHost.Commands;

/// <summary>Shows long work on the error stream: a bar on a terminal; elsewhere a line after two seconds and then each five.</summary>
internal sealed class ProgressDisplay(IAnsiConsole console, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenFrames = TimeSpan.FromMilliseconds(100);

    public static ProgressDisplay OnErrorStream() => new(
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }), TimeProvider.System);

    public async Task<T> ShowAsync<T>(Func<StepProgress, Task<T>> work)
    {
        var progress = new StepProgress();
        // Elsewhere, since some stores answer at once and would never let the display begin.
        var running = Task.Run(() => work(progress));
        if (console.Profile.Out.IsTerminal)
            await ShowBarsAsync(running, progress);
        else
            await ShowLinesAsync(running, progress);
        return await running;
    }

    private async Task ShowLinesAsync(Task running, StepProgress progress)
    {
        var started = clock.GetTimestamp();
        for (var pause = Patience; await IsStillRunningAsync(running, pause); pause = BetweenLines)
            await console.Profile.Out.Writer.WriteLineAsync(Line(progress.Now, clock.GetElapsedTime(started)));
    }

    private async Task ShowBarsAsync(Task running, StepProgress progress)
    {
        if (!await IsStillRunningAsync(running, Patience))
            return;
        await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async bars =>
            {
                ProgressTask? bar = null;
                var name = "";
                do
                {
                    var step = progress.Now;
                    if (bar is null || name != step.Name)
                    {
                        Finish(bar);
                        (bar, name) = (bars.AddTask(Markup.Escape(step.Name)), step.Name);
                    }

                    bar.IsIndeterminate = step.Total == 0;
                    bar.MaxValue = Math.Max(1, step.Total);
                    bar.Value = step.Done;
                }
                while (await IsStillRunningAsync(running, BetweenFrames));
            });
    }

    private static void Finish(ProgressTask? bar)
    {
        if (bar is null)
            return;
        bar.IsIndeterminate = false;
        bar.Value = bar.MaxValue;
        bar.StopTask();
    }

    private async Task<bool> IsStillRunningAsync(Task running, TimeSpan pause)
    {
        using var stop = new CancellationTokenSource();
        var first = await Task.WhenAny(running, Task.Delay(pause, clock, stop.Token));
        await stop.CancelAsync();
        return first != running;
    }

    private static string Line(StepProgress.Step step, TimeSpan elapsed)
    {
        var time = string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:F0} s");
        return step.Total == 0
            ? $"{step.Name} … ({time})"
            : string.Create(CultureInfo.InvariantCulture, $"{step.Name}: {step.Done:N0} of {step.Total:N0}, {100 * step.Done / step.Total} % ({time})");
    }
}
