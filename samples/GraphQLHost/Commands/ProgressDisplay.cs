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
        var (name, begun) = ("", started);
        for (var pause = Patience; await IsStillRunningAsync(running, pause); pause = BetweenLines)
        {
            var step = progress.Now;
            if (name != step.Name)
                (name, begun) = (step.Name, name.Length == 0 ? started : clock.GetTimestamp());
            await console.Profile.Out.Writer.WriteLineAsync(Line(step, clock.GetElapsedTime(started), clock.GetElapsedTime(begun)));
        }
    }

    private async Task ShowBarsAsync(Task running, StepProgress progress)
    {
        if (!await IsStillRunningAsync(running, Patience))
            return;
        await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn())
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

                    bar.Description = Markup.Escape(step.Detail is null ? step.Name : $"{step.Name}: {step.Detail}");
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

    private static string Line(StepProgress.Step step, TimeSpan elapsed, TimeSpan ofStep)
    {
        var time = string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:F0} s");
        if (step.Total == 0)
            return step.Detail is null ? $"{step.Name} … ({time})" : $"{step.Name}: {step.Detail} ({time})";
        var share = string.Create(CultureInfo.InvariantCulture, $"{100 * step.Done / step.Total} % ({time}{Left(step, ofStep)})");
        return step.Detail is null
            ? string.Create(CultureInfo.InvariantCulture, $"{step.Name}: {step.Done:N0} of {step.Total:N0}, {share}")
            : $"{step.Name}: {step.Detail}, {share}";
    }

    /// <summary>As the step went so far. Said only of work that says more than its share, and once the step has gone on for a while.</summary>
    private static string Left(StepProgress.Step step, TimeSpan ofStep) => step.Detail is null || step.Done == 0 || ofStep < Patience
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $", about {Math.Ceiling(ofStep.TotalSeconds * (step.Total - step.Done) / step.Done):F0} s left");
}
