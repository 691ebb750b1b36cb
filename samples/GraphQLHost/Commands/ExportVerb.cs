using System.CommandLine;
using System.CommandLine.Parsing;
using GraphQLHost.Engines;
using TraceTrack;
using TraceTrack.Bags;
using TraceTrack.Bills;

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
        var bill = new Option<string?>("--bill") { Description = "Parents on this bill, and the children in them.", HelpName = "BL1" };
        bill.Validators.Add(result => Check(result, text => BillNumber.TryParse(text, out _), "a bill's number such as BL1"));
        var from = Moment("--created-from", "Bags registered at this moment or later.");
        var before = Moment("--created-before", "Bags registered before this moment.");
        var command = new Command("export", "Writes bags to a file that import reads: all as they stand at one moment, parents first. The store stays in use.")
        {
            file, kind, status, area, parent, bill, from, before,
        };
        command.SetAction((parsed, cancellationToken) => Failures.GuardAsync(
            () =>
            {
                var filter = Filter(
                    Choice.Value<BagKind>(parsed, kind),
                    Choice.Value<BagStatus>(parsed, status),
                    parsed.GetValue(area),
                    parsed.GetValue(parent),
                    parsed.GetValue(bill),
                    new(Moment(parsed.GetValue(from)), Moment(parsed.GetValue(before))));
                return StoreSession.UseAsync(
                    parsed.GetValue(data), session => ExportCommand.RunAsync(session, parsed.GetValue(file)!, filter, cancellationToken), cancellationToken);
            },
            cancellationToken));
        return command;
    }

    public static BagFilter Filter(BagKind? kind, BagStatus? status, string? area, string? parent, string? bill, TimeRange created) => new()
    {
        Kind = kind,
        Status = status,
        Area = Area.Normalize(area),
        Parent = parent is null ? null : QrCode.Parse(parent),
        Bill = bill is null ? null : BillNumber.Parse(bill),
        Created = created,
    };

    private static Option<string?> Moment(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "TIME" };
        option.Validators.Add(result => Check(result, text => ScalarFormats.TryParseTime(text, out _), "a moment with its offset such as 2026-03-01T00:00+01:00"));
        return option;
    }

    private static DateTimeOffset? Moment(string? text) => text is not null && ScalarFormats.TryParseTime(text, out var moment) ? moment : null;

    private static void Check(OptionResult result, Func<string, bool> isValid, string what)
    {
        if (result.GetValueOrDefault<string?>() is { } text && !isValid(text))
            result.AddError($"{result.Option.Name} takes {what}, not '{text}'.");
    }
}
