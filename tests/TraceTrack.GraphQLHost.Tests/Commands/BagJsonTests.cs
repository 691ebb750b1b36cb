using System.Text;
using CsCheck;
using GraphQLHost.Commands;
using TraceTrack.Imports;

namespace TraceTrack.GraphQLHost.Tests.Commands;

public sealed class BagJsonTests
{
    private static readonly string[] Parts =
        ["{", "}", "[", "]", "\"qr\"", "\"C1\"", ":", ",", "\"", "\\", "7", "null", " ", "\r", "\n", "\n{\"qr\":\"C1\"", "ÿ", "\0"];

    [Theory]
    [InlineData("{\"qr\":\"SB1\",\"area\":\"A1\"}\n{\"qr\":\"C1\",\"parent\":\"SB1\",\"weightKg\":1.250}\n")]
    [InlineData("{\"area\":\"A1\",\"qr\":\"SB1\",\"parent\":null,\"weightKg\":null}\r\n\r\n  \n {\"weightKg\" : 1.25 , \"parent\":\"\\u0053B1\", \"qr\":\"C1\"} ")]
    [InlineData("\uFEFF{\"qr\":\"SB1\",\"area\":\"A1\"}\n{\"qr\":\"C1\",\"parent\":\"SB1\",\"weightKg\":125e-2}")]
    public async Task A_line_is_a_bag(string json) =>
        Assert.Equal([new("SB1", null, "A1"), new BagRow("C1", "SB1", null, 1.25m)], await ReadAsync(json));

    [Theory]
    [InlineData("")]
    [InlineData("\n\r\n  \n")]
    public async Task A_file_without_bags_is_an_import_of_nothing(string json) => Assert.Empty(await ReadAsync(json));

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"qr\":null}")]
    public async Task A_bag_without_a_code_is_left_to_the_import_to_refuse(string json) => Assert.Equal([default], await ReadAsync(json));

    [Theory]
    [InlineData("-1")]
    [InlineData("1e99")]
    [InlineData("0.00001")]
    public async Task A_weight_that_no_bag_has_is_left_to_the_import_to_refuse(string weight)
    {
        var row = Assert.Single(await ReadAsync($"{{\"qr\":\"C1\",\"weightKg\":{weight}}}"));
        Assert.False(Weight.IsValid(row.WeightKg!.Value));
    }

    [Theory]
    [InlineData("qr,parent", 1, null, "This is not one whole JSON object")]
    [InlineData("{\"qr\":\"C1\"}\n\n{\"qr\":\"C2\"", 3, "C2", "This is not one whole JSON object")]
    [InlineData("[{\"qr\":\"C1\"}]", 1, null, "This is not one whole JSON object")]
    [InlineData("{\"qr\":\"C1\"} {\"qr\":\"C2\"}", 1, "C1", "This is not one whole JSON object")]
    [InlineData("{\"qr\":\"C1\"},", 1, "C1", "This is not one whole JSON object")]
    [InlineData("{\"qr\":\"C1\",}", 1, "C1", "This is not one whole JSON object")]
    [InlineData("{\"qr\":\"\\ud800\"}", 1, null, "A text in it is not UTF-8")]
    [InlineData("null", 1, null, "This is not one whole JSON object")]
    [InlineData("{\"colour\":[{\"a\":1}],\"qr\":\"C1\"}", 1, "C1", "'colour' is no member")]
    [InlineData("{\"qr\":\"C1\",\"QR\":\"C2\"}", 1, "C1", "'QR' is no member")]
    [InlineData("{\"qr\":\"C1\",\"qr\":\"C2\"}", 1, "C1", "The member qr is there twice")]
    [InlineData("{\"qr\":\"C1\"}\n{\"qr\":7}", 2, null, "qr must be a string")]
    [InlineData("{\"parent\":[\"SB1\"],\"qr\":\"C1\"}", 1, "C1", "parent must be a string")]
    [InlineData("{\"qr\":\"C1\",\"area\":{}}", 1, "C1", "area must be a string")]
    [InlineData("{\"qr\":\"C1\",\"weightKg\":\"1.25\"}", 1, "C1", "weightKg must be a number")]
    public async Task A_line_that_is_no_bag_is_a_row_with_its_problem(string json, long line, string? qr, string problem)
    {
        var reader = new BagJsonReader(new MemoryStream(Encoding.UTF8.GetBytes(json + "\n{\"qr\":\"C9\"}\n")));
        var rows = await reader.RowsAsync().ToListAsync();
        var broken = Assert.Single(rows, row => row.Problem is not null);
        Assert.Equal((line, qr), (reader.LineOf(rows.IndexOf(broken) + 1), broken.Qr));
        Assert.StartsWith(problem, broken.Problem, StringComparison.Ordinal);
        Assert.Equal(new BagRow("C9"), rows[^1]);
    }

    [Fact]
    public async Task Text_that_is_no_UTF_8_is_a_row_with_its_problem()
    {
        byte[] bytes = [.. "{\"qr\":\"C1\",\"area\":\""u8, 0xFF, .. "\"}\n{\"qr\":\"C2\"}\n{\"qr\":\""u8, 0xFF, .. "\"}"u8];
        var rows = await new BagJsonReader(new MemoryStream(bytes)).RowsAsync().ToListAsync();
        Assert.Equal(["C1", "C2", null], rows.Select(row => row.Qr));
        Assert.Equal([true, false, true], rows.Select(row => row.Problem is not null));
    }

    [Theory]
    [InlineData(64 * 1024 + 1)]
    [InlineData(300_000)]
    public async Task A_line_over_the_limit_is_one_row(int length)
    {
        var line = "{\"qr\":\"" + new string('x', length) + "\"}\n";
        var reader = new BagJsonReader(new MemoryStream(Encoding.UTF8.GetBytes("{\"qr\":\"C1\"}\n" + line + "\n" + line + "{\"qr\":\"C2\"}\n" + line.TrimEnd())));
        var rows = await reader.RowsAsync().ToListAsync();
        Assert.Equal(["C1", null, null, "C2", null], rows.Select(row => row.Qr));
        Assert.All(new[] { 1, 2, 4 }, place => Assert.StartsWith("A line of more than", rows[place].Problem, StringComparison.Ordinal));
        Assert.Equal([1, 2, 4, 5, 6], new long[] { 1, 2, 3, 4, 5 }.Select(row => reader.LineOf(row)!.Value));
    }

    [Fact]
    public Task Whatever_the_bytes_each_line_that_is_not_blank_is_one_row() =>
        Gen.Int[0, Parts.Length - 1].Select(part => Parts[part]).Array[0, 30]
            .SampleAsync(async parts =>
            {
                // Latin-1, so that ÿ is a byte that no UTF-8 has.
                var text = string.Concat(parts);
                var reader = new BagJsonReader(new Drops(Encoding.Latin1.GetBytes(text), 3));
                var rows = await reader.RowsAsync().ToListAsync();
                var lines = text.Split('\n').Index().Where(line => line.Item.AsSpan().IndexOfAnyExcept(" \t\r") >= 0).Select(line => line.Index + 1L);
                Assert.Equal(lines, Enumerable.Range(1, rows.Count).Select(row => reader.LineOf(row)!.Value));
            }, iter: 1_000, threads: 1);

    [Fact]
    public async Task Lines_in_pieces_of_any_size_are_read_as_one()
    {
        var json = string.Concat(Enumerable.Range(0, 200).Select(i => $"{{\"qr\":\"C{i:000}\",\"parent\":\"SB{i / 30}\"}}\n"));
        foreach (var size in new[] { 1, 7, 64 })
        {
            var rows = await new BagJsonReader(new Drops(Encoding.UTF8.GetBytes(json), size)).RowsAsync().ToListAsync();
            Assert.Equal(Enumerable.Range(0, 200).Select(i => new BagRow($"C{i:000}", $"SB{i / 30}")), rows);
        }
    }

    [Fact]
    public async Task Rows_know_their_lines()
    {
        var reader = new BagJsonReader(new MemoryStream("{\"qr\":\"C1\"}\n\n\n{\"qr\":\"C2\"}\n{\"qr\":\"C3\"}\n\n{\"qr\":\"C4\"}"u8.ToArray()));
        Assert.Equal(4, (await reader.RowsAsync().ToListAsync()).Count);
        Assert.Equal([1, 4, 5, 7], new long[] { 1, 2, 3, 4 }.Select(row => reader.LineOf(row)!.Value));
    }

    private static async Task<List<BagRow>> ReadAsync(string json) =>
        await new BagJsonReader(new MemoryStream(Encoding.UTF8.GetBytes(json))).RowsAsync().ToListAsync();

    /// <summary>Gives a few bytes at a time, as a network may.</summary>
    private sealed class Drops(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
