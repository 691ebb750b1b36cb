using GraphQLHost.Engines;
using TraceTrack;
using TraceTrack.Bags;
using TraceTrack.Imports;
using TraceTrack.Paging;

namespace GraphQLHost.Resolvers.Imports;

/// <summary>What imports did. Results are asked for one import at a time, at the root and not below a list, where each import would be a statement of its own.</summary>
internal static class ImportResolvers
{
    public static void Bind(ResolverTable table, Loaders loaders)
    {
        table.Enum<RowOutcome>("RowOutcome").Enum<RowReason>("RowReason").Enum<OnExisting>("OnExisting").Enum<OnError>("OnError");
        table.Type<ImportReport>("Import")
            .Field("id", report => report.ImportId.ToString())
            .Field("rejected", report => report.RejectedRows)
            .Field("rejections", report => report.Rejected.OrderBy(reason => reason.Key).ToList())
            .Field("seconds", report => (decimal)report.Elapsed.TotalSeconds);
        table.Type<KeyValuePair<RowReason, long>>("ImportRejection")
            .Field("reason", reason => reason.Key)
            .Field("rows", reason => reason.Value);
        table.Type<RowResult>("ImportResult")
            // Rows are rejected for codes that are none.
            .Batch("bag", loaders.BagByQr, result => QrCode.TryParse(result.Qr, out var qr) ? qr : (QrCode?)null);
        Connections.Bind<ImportReport>(table, "Import");
        Connections.Bind<RowResult>(table, "ImportResult");
        table.Type<ImportBagsPayload>("ImportBagsPayload");
        table.Query("import", Find).Query("imports", List).Query("importResults", ListResults);
        table.Mutation("importBags", Import);
    }

    private static ValueTask<ImportReport?> Find(Arguments arguments, RequestContext context) =>
        context.Tracker().Imports.FindAsync(ImportId(arguments.Id("id")), context.CancellationToken);

    private static ValueTask<Page<ImportReport>> List(Arguments arguments, RequestContext context) =>
        context.Tracker().Imports.ListAsync(arguments.Page(), context.CancellationToken);

    private static async ValueTask<Page<RowResult>?> ListResults(Arguments arguments, RequestContext context)
    {
        var (id, imports) = (ImportId(arguments.Id("id")), context.Tracker().Imports);
        var page = await imports.ListResultsAsync(id, arguments.Page(), context.CancellationToken);
        // Only an empty answer leaves it open whether there is such an import.
        return page.Items.Count > 0 || await imports.FindAsync(id, context.CancellationToken) is not null ? page : null;
    }

    private static async ValueTask<ImportBagsPayload> Import(Arguments arguments, RequestContext context)
    {
        var rows = Batches.Read(context, arguments.Inputs("rows"), Row);
        var imports = context.Tracker().Imports;
        var report = await imports.ImportAsync(rows.ToAsyncEnumerable(), Options(arguments.InputOrNull("options")), null, context.CancellationToken);
        // No more than rows were sent: an id that came with a file before has that file's results, which may be millions.
        var results = imports.ReadResultsAsync(report.ImportId, context.CancellationToken).Take(rows.Count);
        return new(report.IsReplay, report, await results.ToListAsync(context.CancellationToken));
    }

    private static BagRow Row(Arguments row) => new(row.Text("qr"), row.TextOrNull("parent"), row.TextOrNull("area"), row.DecimalOrNull("weightKg"));

    private static ImportOptions Options(Arguments? input)
    {
        var options = new ImportOptions();
        if (input is not { } given)
            return options;
        if (given.Has("importId"))
            options.ImportId = ImportId(given.Id("importId"));
        options.OnExisting = given.ChoiceOrNull<OnExisting>("onExisting") ?? options.OnExisting;
        options.OnError = given.ChoiceOrNull<OnError>("onError") ?? options.OnError;
        options.DryRun = given.FlagOrNull("dryRun") ?? options.DryRun;
        return options;
    }

    private static Guid ImportId(string id) => Guid.TryParse(id, out var parsed)
        ? parsed
        : throw new InvalidInputException(ErrorCodes.InvalidImport, "An import's id is a UUID.");

    private sealed record ImportBagsPayload(bool Replay, ImportReport Import, IReadOnlyList<RowResult> Results);
}
