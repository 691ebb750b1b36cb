using TraceTrack.Bags;
using TraceTrack.Diagnostics;
using TraceTrack.Users;

namespace TraceTrack.Exports;

internal sealed class ActorExports(TraceTrackDoor door, Actor actor) : IExports
{
    public ValueTask<long> ExportAsync(
        BagFilter filter, ExportFormat format, Stream destination, IProgress<ExportProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(destination);
        if (!Enum.IsDefined(format))
            throw new ArgumentOutOfRangeException(nameof(format), format, "An export is written as CSV or NDJSON.");
        var allowed = filter.Within(AccessRules.ReadScope(actor));
        return door.Telemetry.Export.RunAsync(
            ExportOperation.Bags,
            (door.Exporter, allowed, format, destination, progress),
            static (args, token) => args.allowed is { } within
                ? args.Exporter.ExportAsync(within, args.format, args.destination, args.progress, token)
                : WriteNothingAsync(args.format, args.destination, token),
            cancellationToken);
    }

    private static async ValueTask<long> WriteNothingAsync(ExportFormat format, Stream destination, CancellationToken cancellationToken)
    {
        if (format == ExportFormat.Csv)
            await destination.WriteAsync(ExportCsv.HeadingLine, cancellationToken).ConfigureAwait(false);
        await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
        return 0;
    }
}
