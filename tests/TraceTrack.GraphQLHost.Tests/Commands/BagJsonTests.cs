using System.Text;
using GraphQLHost.Commands;
using TraceTrack.Imports;

namespace TraceTrack.GraphQLHost.Tests.Commands;

public sealed class BagJsonTests
{
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
    [InlineData("qr,parent\nC1,SB1\n", "Line 1: This is not one whole JSON object")]
    [InlineData("{\"qr\":\"C1\"}\n\n{\"qr\":\"C2\"", "Line 3: This is not one whole JSON object")]
    [InlineData("[{\"qr\":\"C1\"}]", "Line 1: This is not one whole JSON object")]
    [InlineData("{\"qr\":\"C1\"} {\"qr\":\"C2\"}", "Line 1: This is not one whole JSON object")]
    [InlineData("{\"qr\":\"C1\"},", "Line 1: This is not one whole JSON object")]
    [InlineData("{\"qr\":\"C1\",}", "Line 1: This is not one whole JSON object")]
    [InlineData("{\"qr\":\"\\ud800\"}", "Line 1: This is not one whole JSON object")]
    [InlineData("null", "Line 1: This is not one whole JSON object")]
    [InlineData("{\"qr\":\"C1\",\"colour\":\"red\"}", "Line 1: 'colour' is no member")]
    [InlineData("{\"qr\":\"C1\",\"QR\":\"C2\"}", "Line 1: 'QR' is no member")]
    [InlineData("{\"qr\":\"C1\",\"qr\":\"C2\"}", "Line 1: The member qr is there twice")]
    [InlineData("{\"qr\":\"C1\"}\n{\"qr\":7}", "Line 2: qr must be a string")]
    [InlineData("{\"qr\":\"C1\",\"parent\":[\"SB1\"]}", "Line 1: parent must be a string")]
    [InlineData("{\"qr\":\"C1\",\"area\":{}}", "Line 1: area must be a string")]
    [InlineData("{\"qr\":\"C1\",\"weightKg\":\"1.25\"}", "Line 1: weightKg must be a number")]
    public async Task A_broken_file_is_an_error_with_the_line(string json, string message)
    {
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => ReadAsync(json));
        Assert.Equal(ErrorCodes.InvalidImport, error.Code);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_is_no_UTF_8_is_an_error_with_the_line()
    {
        byte[] bytes = [.. "{\"qr\":\"C1\"}\n{\"qr\":\"C"u8, 0xFF, .. "\"}\n"u8];
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => new BagJsonReader(new MemoryStream(bytes)).RowsAsync().ToListAsync().AsTask());
        Assert.StartsWith("Line 2:", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public async Task A_line_that_never_ends_is_an_error(string end)
    {
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => ReadAsync("{\"qr\":\"C1\"}\n{\"qr\":\"" + new string('x', 300_000) + end));
        Assert.StartsWith("Line 2: A line of more than", error.Message, StringComparison.Ordinal);
    }

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
        Assert.Equal([1, 4, 5, 7], new long[] { 1, 2, 3, 4 }.Select(reader.LineOf));
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
