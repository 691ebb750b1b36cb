using System.CommandLine;
using System.CommandLine.Parsing;
using TraceTrack;
using TraceTrack.Bags;

namespace GraphQLHost.Commands;

/// <summary>What can be typed behind <c>./run export</c>.</summary>
internal static class ExportVerb
{
    public static Command Build(Option<string?> data)
    {
        var file = new Argument<string>("FILE")
        {
            Description = $"Written anew: FILE.csv in the columns {BagCsv.Columns}; FILE.ndjson or FILE.jsonl, a JSON object a line; - for CSV to standard output.",
        };
        var kind = Choice.Option<BagKind>("--kind", "Parents or children only.");
        var status = Choice.Option<BagStatus>("--status", "Bags of this status only; a child's follows its parent's to billed and dispatched.");
        var area = new Option<string?>("--area") { Description = "Bags of this area only.", HelpName = "A" };
        area.Validators.Add(result => Check(result, text => Area.TryNormalize(text, out _), "an area such as A1"));
        var parent = new Option<string?>("--parent") { Description = "Children of this parent only.", HelpName = "SB1" };
        parent.Validators.Add(result => Check(result, text => QrCode.TryParse(text, out _), "a code such as SB1"));
        var command = new Command("export", "Writes bags to a file that import reads: all as they stand at one moment, parents first. The store stays in use.")
        {
            file, kind, status, area, parent,
        };
        command.SetAction((parsed, cancellationToken) => Failures.GuardAsync(
            () =>
            {
                var filter = Filter(Choice.Value<BagKind>(parsed, kind), Choice.Value<BagStatus>(parsed, status), parsed.GetValue(area), parsed.GetValue(parent));
                return StoreSession.UseAsync(
                    parsed.GetValue(data), session => ExportCommand.RunAsync(session, parsed.GetValue(file)!, filter, cancellationToken), cancellationToken);
            },
            cancellationToken));
        return command;
    }

    public static BagFilter Filter(BagKind? kind, BagStatus? status, string? area, string? parent) => new()
    {
        Kind = kind,
        Status = status,
        Area = Area.Normalize(area),
        Parent = parent is null ? null : QrCode.Parse(parent),
    };

    private static void Check(OptionResult result, Func<string, bool> isValid, string what)
    {
        if (result.GetValueOrDefault<string?>() is { } text && !isValid(text))
            result.AddError($"{result.Option.Name} takes {what}, not '{text}'.");
    }
}
