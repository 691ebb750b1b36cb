using System.Globalization;
using System.Runtime.CompilerServices;
using Sylvan.Data.Csv;
using TraceTrack.Imports;

namespace GraphQLHost.Commands;

/// <summary>Reads bags from CSV. What breaks the file is its heading, quotes, or the number of fields.</summary>
internal sealed class BagCsvReader(TextReader text) : IBagReader
{
    private const int LongestRow = 64 * 1024;

    /// <summary>Refused by the rules of imports as a weight no bag has.</summary>
    private const decimal NotANumber = -1;

    /// <summary>Below the heading; blank lines and line breaks within quotes make jumps.</summary>
    private readonly RowLines _lines = new(2);

    public async IAsyncEnumerable<BagRow> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var csv = await OpenAsync(cancellationToken);
        var columns = FindColumns(csv);
        var (row, line) = (1L, 2L);
        while (await ReadAsync(csv, line, cancellationToken))
        {
            if (!IsBlank(csv))
            {
                if (csv.RowFieldCount != csv.FieldCount)
                    throw BagCsv.Invalid(line, $"{csv.RowFieldCount} fields where the heading has {csv.FieldCount}.");
                _lines.Note(row++, line);
                yield return new(Text(csv, columns[0]), Text(csv, columns[1]), Text(csv, columns[2]), Weight(csv, columns[3]));
            }

            line += Math.Max(1, csv.GetRawRecordSpan().Count('\n'));
        }
    }

    public long LineOf(long row) => _lines.LineOf(row);

    private async Task<CsvDataReader> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await CsvDataReader.CreateAsync(
                text,
                new CsvDataReaderOptions { Delimiter = ',', BufferSize = LongestRow, Culture = CultureInfo.InvariantCulture },
                cancellationToken);
        }
        catch (Exception error) when (IsFormat(error))
        {
            throw BagCsv.Invalid(1, $"There must be a heading, such as {BagCsv.Columns}.");
        }
    }

    private static async Task<bool> ReadAsync(CsvDataReader csv, long line, CancellationToken cancellationToken)
    {
        try
        {
            return await csv.ReadAsync(cancellationToken);
        }
        catch (CsvRecordTooLargeException)
        {
            throw BagCsv.Invalid(line, $"A row of more than {LongestRow} characters; perhaps a quote is not closed.");
        }
        catch (Exception error) when (IsFormat(error))
        {
            throw BagCsv.Invalid(line, "Quotes are not closed, or text follows a closing quote.");
        }
    }

    /// <summary>The place of each of our columns; -1 for one that the file does not have.</summary>
    private static int[] FindColumns(CsvDataReader csv)
    {
        var places = new[] { -1, -1, -1, -1 };
        for (var place = 0; place < csv.FieldCount; place++)
        {
            var name = csv.GetName(place).Trim();
            var column = Array.FindIndex(BagCsv.Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (column < 0)
                throw BagCsv.Invalid(1, $"'{Shorten(name)}' is no column. Known are {BagCsv.Columns}, separated by commas.");
            if (places[column] >= 0)
                throw BagCsv.Invalid(1, $"The column {name} is there twice.");
            places[column] = place;
        }

        return places[0] >= 0 ? places : throw BagCsv.Invalid(1, $"The column qr is missing. The columns are {BagCsv.Columns}.");
    }

    private static bool IsFormat(Exception error) =>
        error is CsvFormatException or CsvMissingHeadersException or CsvRecordTooLargeException or CsvInvalidCharacterException;

    private static bool IsBlank(CsvDataReader csv) => csv.GetRawRecordSpan().Trim().IsEmpty;

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
