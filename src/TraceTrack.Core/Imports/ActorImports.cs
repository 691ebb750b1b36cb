using System.Globalization;
using TraceTrack.Diagnostics;
using TraceTrack.Paging;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Imports;

internal sealed class ActorImports(TraceTrackDoor door, Actor actor) : IImports
{
    public ValueTask<ImportReport> ImportAsync(
        IAsyncEnumerable<BagRow> rows, ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        Check(rows, options, MayImport);
        return door.Telemetry.Import.RunAsync(
            ImportOperation.Bags,
            (door.Importer, rows, options, progress),
            static (args, token) => args.Importer.ImportAsync(args.rows, args.options, args.progress, token),
            cancellationToken);
    }

    public ValueTask<ImportReport> ImportScansAsync(
        IAsyncEnumerable<Scan> scans, ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        Check(scans, options, MayImportScans);
        return door.Telemetry.Import.RunAsync(
            ImportOperation.Scans,
            (door.Importer, scans, options, progress),
            static (args, token) => args.Importer.ImportScansAsync(args.scans, args.options, args.progress, token),
            cancellationToken);
    }

    public async ValueTask<ImportReport?> FindAsync(Guid importId, CancellationToken cancellationToken)
    {
        MayImport();
        return await door.Importer.FindAsync(importId, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<Page<ImportReport>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        MayImport();
        return await PageReader.ReadAsync<ImportReport, long>(
            page, Cursor.Fingerprint("imports"), Position, report => Position(report.Key), slice => door.Importer.ListAsync(slice, cancellationToken)).ConfigureAwait(false);
    }

    public async ValueTask<Page<RowResult>> ListResultsAsync(Guid importId, PageRequest page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        MayImport();
        return await PageReader.ReadAsync<RowResult, long>(
            page,
            Cursor.Fingerprint("import results", importId.ToString()),
            Position,
            result => Position(result.Ordinal),
            slice => door.Importer.ListResultsAsync(importId, slice, cancellationToken)).ConfigureAwait(false);
    }

    public IAsyncEnumerable<RowResult> ReadResultsAsync(Guid importId, CancellationToken cancellationToken)
    {
        MayImport();
        return door.Importer.ReadResultsAsync(importId, cancellationToken);
    }

    private static string Position(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long? Position(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static void Check<T>(IAsyncEnumerable<T> rows, ImportOptions options, Action demand)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        demand();
        if (options.ImportId == Guid.Empty)
            throw new InvalidInputException(ErrorCodes.InvalidImport, "An import needs an id other than the empty UUID.");
        if (options.Connections is < 1 or > ImportOptions.MaxConnections)
            throw new InvalidInputException(ErrorCodes.InvalidImport, $"An import uses 1–{ImportOptions.MaxConnections} connections.");
        if (!Enum.IsDefined(options.OnExisting) || !Enum.IsDefined(options.OnError))
            throw new InvalidInputException(ErrorCodes.InvalidImport, "OnExisting or OnError has a value that does not exist.");
    }

    private void MayImport() => AccessRules.Demand(AccessRules.MayImport(actor), "Billers and admins import bags.");

    private void MayImportScans() => AccessRules.Demand(AccessRules.MayAdminister(actor), "Admins import scan logs.");
}
