using System.Text.RegularExpressions;
using CsCheck;
using GraphQLHost.Commands;
using TraceTrack.Imports;

namespace TraceTrack.GraphQLHost.Tests.Commands;

/// <summary>A record of CSV that cannot be read is one row, and the next line is read as if nothing had been.</summary>
public sealed partial class CsvRowTests
{
    private static readonly string[] Parts =
        ["C1", "C2", "A1", ",", ",", "\"", "\"", "\"\"", "\n", "\r\n", "\r", "\n", " ", "#", "\0", "ü", "\u012C", "\u2028"];

    private const string Behind = "Text follows a closing quote.";
    private const string Open = "A quote is not closed";
    private const string Long = "A row of more than 65536 characters";

    [Theory]
    [InlineData("C1", "C1", "1 fields where the heading has 2.")]
    [InlineData("C1,A1,x", "C1", "3 fields where the heading has 2.")]
    [InlineData("C1,A1,", "C1", "3 fields where the heading has 2.")]
    [InlineData("\"C1\"x,A1", "C1", Behind)]
    [InlineData("\"C1\" ,A1", "C1", Behind)]
    [InlineData("C1,\"A\"1\"", "C1", Behind)]
    [InlineData("\"C1,A1", "C1", Open)]
    [InlineData("C1,\"A1", "C1", Open)]
    [InlineData("\"C1\",\"", "C1", Open)]
    public async Task A_malformed_row_is_told_with_its_code_and_the_others_are_read(string record, string qr, string problem)
    {
        var rows = await ReadAsync($"qr,area\r\nC0,A1\r\n{record}\r\nC2,A1\r\n");
        Assert.Equal([(2, new("C0", null, "A1")), (4, new BagRow("C2", null, "A1"))], rows.Where(row => row.Row.Problem is null));
        var (line, broken) = Assert.Single(rows, row => row.Row.Problem is not null);
        Assert.Equal((3, qr), (line, broken.Qr));
        Assert.StartsWith(problem, broken.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#C1,A1")]
    [InlineData("\0C1,A1")]
    [InlineData("C\"1,A\"1")]
    [InlineData(" \"C1\",A1")]
    [InlineData("\"\",\"\"")]
    [InlineData(",")]
    public async Task No_row_is_taken_for_a_comment_or_left_out(string record)
    {
        var rows = await ReadAsync($"qr,area\n{record}\nC2,A1\n");
        Assert.Equal([2, 3], rows.Select(row => row.Line));
        Assert.Null(rows[0].Row.Problem);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(70_000)]
    [InlineData(200_000)]
    public async Task An_unclosed_quote_costs_one_row_of_many(int more)
    {
        var rows = await ReadAsync("qr,area\nC0,A1\n\"C1,A1\n" + string.Concat(Enumerable.Repeat("C2,A1\n", more)));
        Assert.Equal(more + 2, rows.Count);
        Assert.Equal([3], rows.Where(row => row.Row.Problem is not null).Select(row => row.Line));
        Assert.Equal(Enumerable.Range(2, more + 2).Select(line => (long?)line), rows.Select(row => row.Line));
    }

    [Fact]
    public async Task Where_others_are_in_quotes_it_costs_one_row_too() =>
        Assert.Equal([3], (await ReadAsync("qr,area\n\"C0\",\"A1\"\n\"C1,\"A1\"\n\"C2\",\"A1\"\n\"C3\",\"A1\"\n")).Where(row => row.Row.Problem is not null).Select(row => row.Line));

    [Theory]
    [InlineData(65_536, "\n", false)]
    [InlineData(65_537, "\n", true)]
    [InlineData(131_072, "\r\n", true)]
    [InlineData(131_073, "\r\n", true)]
    [InlineData(300_000, "\r", true)]
    [InlineData(300_000, "", true)]
    public async Task A_row_over_the_limit_is_one_row(int length, string end, bool isTooLong)
    {
        var rows = await ReadAsync("qr,area\nC0,A1\nC1," + new string('x', length - 3) + end + (end.Length > 0 ? "C2,A1\n" : ""));
        Assert.Equal(end.Length > 0 ? new long?[] { 2, 3, 4 } : [2, 3], rows.Select(row => row.Line));
        Assert.Equal(("C1", isTooLong), (rows[1].Row.Qr, rows[1].Row.Problem?.StartsWith(Long, StringComparison.Ordinal) ?? false));
        Assert.Equal(isTooLong ? 1 : 0, rows.Count(row => row.Row.Problem is not null));
    }

    [Fact]
    public async Task A_row_over_the_limit_in_quotes_is_one_row_too()
    {
        var rows = await ReadAsync("qr,area\n\"C1\",\"" + new string('x', 300_000) + "\"\nC2,A1\n");
        Assert.Equal([(2L, "C1", true), (3L, "C2", false)], rows.Select(row => (row.Line!.Value, row.Row.Qr, row.Row.Problem is not null)));
    }

    [Fact]
    public Task Whatever_the_text_each_record_is_one_row_on_its_line() =>
        Gen.Select(Gen.Int[0, Parts.Length - 1].Select(part => Parts[part]).Array[0, 40], Gen.Int[1, 9])
        .SampleAsync(async (parts, size) =>
        {
            var text = string.Concat(parts);
            var rows = await ReadAsync(new Drops("qr,area\n" + text, size));
            Assert.Equal(Model(text), rows.Select(row => (row.Line, row.Row.Problem is null ? row.Row.Qr : null, row.Row.Problem is null ? row.Row.Area : null)));
        }, iter: 2_000, threads: 1);

    [Fact]
    public async Task Rows_behind_too_many_jumps_have_no_line()
    {
        var lines = new RowLines(2, mostJumps: 2);
        foreach (var (row, line) in new[] { (1, 3), (2, 4), (3, 6), (4, 8), (5, 9) })
            lines.Note(row, line);
        Assert.Equal(new long?[] { 3, 4, 6, null, null }, new long[] { 1, 2, 3, 4, 5 }.Select(lines.LineOf));
        var reader = new BagCsvReader(new StringReader("qr\n" + string.Concat(Enumerable.Repeat("C1\n\n", 1_000_010))));
        var rows = await reader.RowsAsync().CountAsync();
        Assert.Equal(1_000_010, rows);
        Assert.Equal(new long?[] { 2, 2_000_002, null }, new long[] { 1, 1_000_001, 1_000_002 }.Select(reader.LineOf));
    }

    /// <summary>The same by other means: lines are joined until they are a record, or cannot become one.</summary>
    private static IEnumerable<(long? Line, string? Qr, string? Area)> Model(string text)
    {
        // Line ends are every second part.
        var parts = LineEnd().Split(text);
        for (var (place, next) = (0, 2); place < parts.Length; place = next, next = place + 2)
        {
            var record = parts[place];
            if (string.IsNullOrWhiteSpace(record))
                continue;
            var (fields, isOpen) = Split(record);
            for (var last = place + 2; isOpen && last < parts.Length; last += 2)
            {
                record += parts[last - 1] + parts[last];
                (fields, isOpen) = Split(record);
                if (fields is not null)
                    next = last + 2;
            }

            var isBag = fields?.Count == 2;
            yield return ((place / 2) + 2, isBag ? fields![0] : null, isBag ? fields![1] : null);
        }
    }

    /// <returns>No fields where quotes are wrong, and whether they are only open.</returns>
    private static (List<string>? Fields, bool IsOpen) Split(string record)
    {
        var fields = new List<string>();
        for (var at = 0; ;)
        {
            var field = Field().Match(record, at);
            if (!field.Success)
                return (null, OpenQuote().IsMatch(record[at..]));
            fields.Add(field.Groups[1].Success ? field.Groups[1].Value.Replace("\"\"", "\"", StringComparison.Ordinal) : field.Groups[2].Value);
            at += field.Length;
            if (field.Groups[3].Length == 0)
                return (fields, false);
        }
    }

    [GeneratedRegex("(\r\n|\n|\r)")]
    private static partial Regex LineEnd();

    [GeneratedRegex("""\G(?:"((?:[^"]|"")*)"|([^",\r\n][^,\r\n]*|))(,|\z)""")]
    private static partial Regex Field();

    [GeneratedRegex("""\A"(?:[^"]|"")*\z""")]
    private static partial Regex OpenQuote();

    private static Task<List<(long? Line, BagRow Row)>> ReadAsync(string csv) => ReadAsync(new StringReader(csv));

    private static async Task<List<(long? Line, BagRow Row)>> ReadAsync(TextReader csv)
    {
        var reader = new BagCsvReader(csv);
        var rows = await reader.RowsAsync().ToListAsync();
        return [.. rows.Index().Select(row => (reader.LineOf(row.Index + 1), row.Item))];
    }

    /// <summary>Gives a few characters at a time, as a network may.</summary>
    private sealed class Drops(string text, int size) : StringReader(text)
    {
        public override ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
