using System.Globalization;
using TraceTrack;
using TraceTrack.Exports;

namespace GraphQLHost.Commands;

/// <summary>The file format of import and export: a heading and comma-separated columns, found by their names.</summary>
internal static class BagCsv
{
    public const string Columns = ExportCsv.Heading;

    public static readonly string[] Names = Columns.Split(',');

    /// <summary>Text that people made, in quotes where it needs them.</summary>
    public static string Quote(string? text) => text is not null && text.AsSpan().IndexOfAny(",\"\r\n") >= 0
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text ?? "";

    public static InvalidInputException Invalid(long line, string message) =>
        new(ErrorCodes.InvalidImport, string.Create(CultureInfo.InvariantCulture, $"Line {line}: {message}"));
}
