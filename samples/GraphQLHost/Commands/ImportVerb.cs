using System.CommandLine;
using TraceTrack.Imports;

namespace GraphQLHost.Commands;

/// <summary>What can be typed behind <c>./run import</c>.</summary>
internal sealed class ImportVerb
{
    private readonly Argument<FileInfo> _file = new("FILE")
    {
        Description = $"FILE.csv with the columns {BagCsv.Columns}, found by their names; FILE.ndjson or FILE.jsonl, a JSON object a line with {BagJson.Members}. Only qr is needed.",
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Checks everything and tells what an import would do; changes no bag." };

    private readonly Option<string?> _onExisting = Choice.Option<OnExisting>(
        "--on-existing", "What becomes of a row whose bag is known. keep: the bag stays as it is; update: it takes what the row says; reject: the row is refused. Left out: keep.");

    private readonly Option<string?> _onError = Choice.Option<OnError>(
        "--on-error", "What a refused row does to the others. continue: they are taken; rollback: none is, and the command ends with code 1. Left out: continue.");

    private readonly Option<int> _connections = new("--connections")
    {
        Description = $"Connections that send rows at the same time into a store that holds bags, 1 to {ImportOptions.MaxConnections}.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<Guid?> _importId = new("--import-id")
    {
        Description = "Identity of the import: sending the same again changes nothing and tells what the first one did. Left out: a new one.",
        HelpName = "UUID",
    };

    private readonly Option<FileInfo?> _report = new("--report") { Description = "Writes the rows that were not taken as CSV, with their lines and reasons.", HelpName = "FILE" };

    private ImportVerb()
    {
        _file.AcceptExistingOnly();
        _connections.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out var count) || count is < 1 or > ImportOptions.MaxConnections))
                result.AddError($"--connections takes a number from 1 to {ImportOptions.MaxConnections}, not '{result.Tokens[0].Value}'.");
        });
        _importId.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!Guid.TryParse(result.Tokens[0].Value, out var id) || id == Guid.Empty))
                result.AddError($"--import-id takes a UUID such as {Guid.CreateVersion7()}, not '{result.Tokens[0].Value}'.");
        });
    }

    public static Command Build(Option<string?> data)
    {
        var verb = new ImportVerb();
        var command = verb.Command();
        command.SetAction((parsed, cancellationToken) => Failures.GuardAsync(
            () => StoreSession.UseAsync(
                parsed.GetValue(data),
                session => ImportCommand.RunAsync(session, parsed.GetValue(verb._file)!, parsed.GetValue(verb._report), verb.Options(parsed), cancellationToken),
                cancellationToken),
            cancellationToken));
        return command;
    }

    /// <summary>What a line behind the verb asks for.</summary>
    public static ImportOptions Parse(string line)
    {
        var verb = new ImportVerb();
        return verb.Options(verb.Command().Parse(line));
    }

    private Command Command() => new(
        "import", "Imports bags from a file, whatever the order of its rows. Rows that cannot be taken do not stop the others; each is told with its line and reason.")
    {
        _file, _dryRun, _onExisting, _onError, _connections, _importId, _report,
    };

    private ImportOptions Options(ParseResult parsed)
    {
        var options = new ImportOptions { DryRun = parsed.GetValue(_dryRun), Connections = parsed.GetValue(_connections) };
        if (Choice.Value<OnExisting>(parsed, _onExisting) is { } existing)
            options.OnExisting = existing;
        if (Choice.Value<OnError>(parsed, _onError) is { } error)
            options.OnError = error;
        if (parsed.GetValue(_importId) is { } id)
            options.ImportId = id;
        return options;
    }
}
