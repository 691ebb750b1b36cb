using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TraceTrack.Postgres;

/// <summary>Has the scan log looked after while the host runs. Nothing that goes wrong here ends the host; it is told, and tried again the next time.</summary>
internal sealed class ScanMaintenance(
    ScanLogKeeper keeper, IOptions<PostgresOptions> options, TimeProvider clock, ILogger<ScanMaintenance> logger) : BackgroundService
{
    /// <summary>A host that starts has other things to do first.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var pause = FirstPause; ; pause = options.Value.ScanLog.Interval)
        {
            // A host that is only disposed of takes what its services throw then for a fault.
            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
                return;
            try
            {
                var report = await keeper.MaintainAsync(stoppingToken).ConfigureAwait(false);
                foreach (var problem in report.Problems)
                    Log.MaintenanceProblem(logger, problem, null);
                foreach (var month in report.DueMonths)
                    Log.MonthIsDue(logger, month);
            }
            catch (Exception error)
            {
                if (stoppingToken.IsCancellationRequested)
                    return;
                Log.MaintenanceProblem(logger, "It ended with an error.", error);
            }
        }
    }
}
