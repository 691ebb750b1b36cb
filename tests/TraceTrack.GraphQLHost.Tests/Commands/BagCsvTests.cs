using GraphQLHost.Commands;
using TraceTrack.Imports;

namespace TraceTrack.GraphQLHost.Tests.Commands;

public sealed class BagCsvTests
{
    [Theory]
    [InlineData("qr,parent,area,weight_kg\nSB1,,A1,\nC1,SB1,,1.250\n")]
    [InlineData("weight_kg,area,parent,qr\n,A1,,SB1\n1.250,,SB1,C1\n")]
    [InlineData(" QR , Parent,AREA,Weight_KG\r\nSB1,,A1,\r\n\r\nC1,SB1,,1.250\r\n\r\n")]
    [InlineData("\uFEFFqr,parent,area,weight_kg\n\"SB1\",\"\",\"A1\",\"\"\n\"C1\",\"SB1\",,\"1.250\"")]
    public async Task Columns_are_found_by_their_names(string csv) =>
        Assert.Equal([new("SB1", "", "A1"), new BagRow("C1", "SB1", "", 1.25m)], await ReadAsync(csv));

    [Fact]
    public async Task Only_the_code_is_needed() =>
        Assert.Equal([new BagRow("SB1"), new BagRow("C1")], await ReadAsync("qr\nSB1\nC1\n"));

    [Fact]
    public async Task A_heading_alone_is_an_import_of_nothing() => Assert.Empty(await ReadAsync("qr,parent\n"));

    [Theory]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("1,5")]
    [InlineData("1e3")]
    [InlineData("NaN")]
    [InlineData("99999999999999999999999999999999")]
    public async Task A_weight_that_is_none_is_left_to_the_import_to_refuse(string weight)
    {
        var row = Assert.Single(await ReadAsync($"qr,weight_kg\nC1,\"{weight}\"\n"));
        Assert.False(Weight.IsValid(row.WeightKg!.Value));
    }

    [Theory]
    [InlineData("", "Line 1:")]
    [InlineData("\n", "Line 1:")]
    [InlineData("parent,area\nSB1,A1\n", "Line 1: The column qr is missing")]
    [InlineData("qr;parent\nSB1;\n", "Line 1: 'qr;parent' is no column")]
    [InlineData("qr,colour\nSB1,red\n", "Line 1: 'colour' is no column")]
    [InlineData("qr,QR\nSB1,SB1\n", "Line 1: The column QR is there twice")]
    [InlineData("\n \n\nqr,colour\nSB1,red\n", "Line 4: 'colour' is no column")]
    [InlineData("\"qr\"x,area\nSB1,A1\n", "Line 1: Text follows a closing quote")]
    [InlineData("\"qr,area\nSB1,A1\n", "Line 1: A quote is not closed")]
    public async Task A_file_without_a_heading_that_tells_its_columns_is_an_error(string csv, string message)
    {
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => ReadAsync(csv));
        Assert.Equal(ErrorCodes.InvalidImport, error.Code);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quote_in_a_field_is_doubled() =>
        Assert.Equal([new BagRow("C1", null, "a\"b,c\r\nd")], await ReadAsync("qr,area\r\nC1,\"a\"\"b,c\r\nd\"\r\n"));

    [Theory]
    [InlineData("qr,area\nC0?1,A1\n", RowReason.InvalidQrCode)]
    [InlineData("qr,area\nC01,A?1\n", RowReason.InvalidArea)]
    [InlineData("qr,weight_kg\nC01,1?0\n", RowReason.InvalidWeight)]
    public async Task What_is_no_UTF8_is_refused_and_never_taken_for_a_character(string csv, RowReason reason)
    {
        await using var store = DemoData.MemoryStore.Create();
        var bytes = System.Text.Encoding.UTF8.GetBytes(csv + "C02,\n");
        bytes[Array.IndexOf(bytes, (byte)'?')] = 0xFF;
        using var text = new StreamReader(new MemoryStream(bytes));
        var imports = DemoData.MemoryStore.Door(store).As(Users.Actor.System).Imports;
        var report = await imports.ImportAsync(new BagCsvReader(text).RowsAsync(), new());
        var result = Assert.Single(await imports.ReadResultsAsync(report.ImportId).ToListAsync());
        Assert.Equal((1L, reason, 1L), (result.Ordinal, result.Reason, report.Children));
    }

    [Fact]
    public async Task Rows_know_their_lines()
    {
        var reader = new BagCsvReader(new StringReader("qr,area\nC1,\n\n\nC2,\n\"C\n3\",\nC4,\n"));
        Assert.Equal("C1|C2|C\n3|C4", string.Join('|', (await reader.RowsAsync().ToListAsync()).Select(row => row.Qr)));
        Assert.Equal([2, 5, 6, 8], new long[] { 1, 2, 3, 4 }.Select(row => reader.LineOf(row)!.Value));
    }

    [Fact]
    public async Task A_broken_file_changes_nothing()
    {
        await using var store = DemoData.MemoryStore.Create();
        var reader = new BagCsvReader(new StringReader("qr,colour\nC1,red\n"));
        var system = DemoData.MemoryStore.Door(store).As(Users.Actor.System);
        await Assert.ThrowsAsync<InvalidInputException>(() => system.Imports.ImportAsync(reader.RowsAsync(), new()).AsTask());
        Assert.Equal(0, (await system.Totals.GetAsync()).Bags);
    }

    private static async Task<List<BagRow>> ReadAsync(string csv)
    {
        // As a file is read: the reader takes a byte order mark away.
        using var text = new StreamReader(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(csv)));
        return await new BagCsvReader(text).RowsAsync().ToListAsync();
    }
}
