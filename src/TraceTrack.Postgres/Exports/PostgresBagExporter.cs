using System.Data;
using System.Globalization;
using Npgsql;
using Polly;
using TraceTrack.Bags;
using TraceTrack.Exports;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

/// <summary>
/// Exports by COPY: PostgreSQL writes the lines, and they go on as they come. One statement for parents and one for children, in one snapshot.
/// Never tried again by itself: what was written is written.
/// </summary>
internal sealed class PostgresBagExporter(Database database, TimeProvider clock) : IBagExporter
{
    public ValueTask<long> ExportAsync(
        BagFilter filter, ExportFormat format, Stream destination, IProgress<ExportProgress>? progress, CancellationToken cancellationToken) =>
        database.RunAsync(
            ResiliencePipeline.Empty,
            (database, filter, format, pipe: new ExportPipe(destination, progress, clock)),
            static async (connection, args, token) =>
            {
                using var pipe = args.pipe;
                var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, token).ConfigureAwait(false);
                await using var _ = transaction.ConfigureAwait(false);
                await SetAsync(connection, args.filter, token).ConfigureAwait(false);
                if (args.format == ExportFormat.Csv)
                    await pipe.WriteHeadingAsync(token).ConfigureAwait(false);
                foreach (var parts in Statements(args.filter, args.format))
                    await pipe.CopyAsync(connection, args.database.Sql(ExportSql.Copy(parts)), token).ConfigureAwait(false);
                return await pipe.EndAsync(token).ConfigureAwait(false);
            },
            cancellationToken);

    private static async ValueTask SetAsync(NpgsqlConnection connection, BagFilter filter, CancellationToken cancellationToken)
    {
        var status = filter.Status is { } wanted ? ((short)wanted).ToString(CultureInfo.InvariantCulture) : "";
        var command = connection.Command(
            ExportSql.Settings, Parameter(status), Parameter(filter.Area ?? ""), Parameter(filter.Parent?.Value ?? ""),
            Parameter(filter.Bill?.Value ?? ""), Parameter(Text(filter.Created.From) ?? "-infinity"), Parameter(Text(filter.Created.Before) ?? "infinity"));
        await using var _ = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string? Text(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static IEnumerable<ExportParts> Statements(BagFilter filter, ExportFormat format)
    {
        var common = (format == ExportFormat.NdJson ? ExportParts.NdJson : ExportParts.None)
            | (filter.Area is null ? ExportParts.None : ExportParts.Area)
            | (filter.Bill is null ? ExportParts.None : ExportParts.Bill)
            | (filter.Created.IsAll ? ExportParts.None : ExportParts.Created);
        // No parent lies in another.
        if (filter is { Kind: not BagKind.Child, Parent: null })
            yield return common | (filter.Status is null ? ExportParts.None : ExportParts.OwnStatus);
        if (filter.Kind != BagKind.Parent)
            yield return common | ExportParts.Children | ChildStatus(filter.Status) | (filter.Parent is null ? ExportParts.None : ExportParts.Parent);
    }

    private static ExportParts ChildStatus(BagStatus? status) => status switch
    {
        null => ExportParts.None,
        BagStatus.Linked => ExportParts.LinkedStatus,
        BagStatus.Billed or BagStatus.Dispatched => ExportParts.ParentStatus,
        _ => ExportParts.OwnStatus,
    };
}
