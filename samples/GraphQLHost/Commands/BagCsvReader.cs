using System.Globalization;
using System.Runtime.CompilerServices;
using Sylvan.Data.Csv;
using TraceTrack.Imports;

namespace GraphQLHost.Commands;

/// <summary>Reads bags from CSV. What breaks the file is its heading; any other record is a row, and says so when it cannot be read.</summary>
internal sealed class BagCsvReader(TextReader text) : IBagReader
{
    /// <summary>Refused by the rules of imports as a weight no bag has.</summary>
    private const decimal NotANumber = -1;

    /// <summary>Below the heading; blank lines and line breaks within quotes make jumps.</summary>
    private readonly RowLines _lines = new(2);

    public async IAsyncEnumerable<BagRow> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var records = new CsvRecordReader(text, _lines);
        await using var csv = await OpenAsync(records, cancellationToken);
        var columns = FindColumns(csv, records.HeadingLine);
        for (var row = 1L; await csv.ReadAsync(cancellationToken); row++)
        {
            yield return records.TryTakeProblem(row, out var problem)
                ? new(problem.Field(columns[0]), Problem: problem.Reason)
                : Row(csv, columns);
        }
    }

    public long? LineOf(long row) => _lines.LineOf(row);

    private static async Task<CsvDataReader> OpenAsync(CsvRecordReader records, CancellationToken cancellationToken)
    {
        try
        {
            var options = new CsvDataReaderOptions
            {
                Delimiter = ',',
                // No record begins with it, and so no row is taken for a comment.
                Comment = '\n',
                BufferSize = 2 * CsvRecord.Longest,
                Culture = CultureInfo.InvariantCulture,
            };
            var csv = await CsvDataReader.CreateAsync(records, options, cancellationToken);
            return records.TryTakeProblem(0, out var problem) ? throw BagCsv.Invalid(records.HeadingLine, problem.Reason) : csv;
        }
        catch (CsvMissingHeadersException)
        {
            throw BagCsv.Invalid(1, $"There must be a heading, such as {BagCsv.Columns}.");
        }
    }

    /// <summary>The place of each of our columns; -1 for one that the file does not have.</summary>
    private static int[] FindColumns(CsvDataReader csv, long line)
    {
        var places = new[] { -1, -1, -1, -1 };
        for (var place = 0; place < csv.FieldCount; place++)
        {
            var name = csv.GetName(place).Trim();
            var column = Array.FindIndex(BagCsv.Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (column < 0)
                throw BagCsv.Invalid(line, $"'{Shorten(name)}' is no column. Known are {BagCsv.Columns}, separated by commas.");
            if (places[column] >= 0)
                throw BagCsv.Invalid(line, $"The column {name} is there twice.");
            places[column] = place;
        }

        return places[0] >= 0 ? places : throw BagCsv.Invalid(line, $"The column qr is missing. The columns are {BagCsv.Columns}.");
    }

    private static BagRow Row(CsvDataReader csv, int[] columns)
    {
        var fields = csv.RowFieldCount;
        if (fields == csv.FieldCount)
            return new(Text(csv, columns[0]), Text(csv, columns[1]), Text(csv, columns[2]), Weight(csv, columns[3]));
        return new(
            columns[0] < fields ? csv.GetString(columns[0]) : null,
            Problem: string.Create(CultureInfo.InvariantCulture, $"{fields} fields where the heading has {csv.FieldCount}."));
    }

    private static string? Text(CsvDataReader csv, int place) => place < 0 ? null : csv.GetString(place);

    private static decimal? Weight(CsvDataReader csv, int place)
    {
        var text = place < 0 ? [] : csv.GetFieldSpan(place).Trim();
        if (text.IsEmpty)
            return null;
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) ? weight : NotANumber;
    }

    private static string Shorten(string name) => name.Length <= 60 ? name : name[..60] + "…";
}
