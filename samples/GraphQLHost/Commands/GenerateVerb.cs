using System.CommandLine;
using TraceTrack.DemoData;

namespace GraphQLHost.Commands;

/// <summary>What can be typed behind <c>./run generate</c>.</summary>
internal static class GenerateVerb
{
    public static Command Build()
    {
        var file = new Argument<string>("FILE") { Description = $"Written anew: CSV in the columns {BagCsv.Columns}; - for standard output." };
        var bags = Number("--bags", "How many bags; bad rows come on top.", 10_000, 1, DemoDefaults.MostBags);
        var seed = Number("--seed", "Another seed makes another file of the same size; the same one makes the same file.", DemoWarehouse.DefaultSeed, int.MinValue, int.MaxValue);
        var offset = Number("--offset", "Bags are numbered from one above it, so that they are others than the store's.", 0, 0, DemoDefaults.MostBags);
        var shuffle = Number("--shuffle", "Shuffles the rows within windows of so many, so that children come before their parents.", 1, 1, int.MaxValue);
        var dirt = new Option<double>("--dirt") { Description = "Bad rows for one good one, 0 to 1: of every kind that an import refuses.", HelpName = "RATE" };
        dirt.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and <= 1))
                result.AddError("--dirt takes a number from 0 to 1.");
        });
        var command = new Command("generate", "Writes a file for import to try out, and says what an import of it will tell. Needs no server.")
        {
            file, bags, dirt, seed, offset, shuffle,
        };
        command.SetAction((parsed, cancellationToken) => Failures.GuardAsync(
            () => GenerateCommand.RunAsync(
                parsed.GetValue(file)!,
                GenerateCommand.Generator(
                    parsed.GetValue(bags), parsed.GetValue(dirt), parsed.GetValue(seed), parsed.GetValue(offset), parsed.GetValue(shuffle)),
                cancellationToken),
            cancellationToken));
        return command;
    }

    private static Option<int> Number(string name, string description, int usual, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var number && (number < least || number > most))
                result.AddError($"{name} takes a number from {least} to {most}.");
        });
        return option;
    }
}
