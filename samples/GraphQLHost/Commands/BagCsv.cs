using System.Globalization;
using TraceTrack;
using TraceTrack.Bags;

namespace GraphQLHost.Commands;

/// <summary>The file format of import and export: a heading and comma-separated columns, found by their names.</summary>
internal static class BagCsv
{
    public const string Columns = "qr,parent,area,weight_kg";

    public static readonly string[] Names = Columns.Split(',');

    /// <summary>One bag as a line. Codes and areas hold no character that would need quotes.</summary>
    public static string Line(Bag bag) => bag.Kind == BagKind.Parent
        ? $"{bag.Qr},,{bag.Area},"
        : string.Create(CultureInfo.InvariantCulture, $"{bag.Qr},{bag.ParentQr},{bag.Area},{bag.WeightKg:0.000}");

    /// <summary>Text that people made, in quotes where it needs them.</summary>
    public static string Quote(string? text) => text is not null && text.AsSpan().IndexOfAny(",\"\r\n") >= 0
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text ?? "";

    public static InvalidInputException Invalid(long line, string message) =>
        new(ErrorCodes.InvalidImport, string.Create(CultureInfo.InvariantCulture, $"Line {line}: {message}"));
}
