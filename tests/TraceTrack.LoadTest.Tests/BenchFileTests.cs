using System.Text.Json;
using TraceTrack.LoadTest.Report;

namespace TraceTrack.LoadTest.Tests;

public sealed class BenchFileTests
{
    private const string Lookup = """
        {
          "name": "lookup", "when": "2026-11-29T01:02:03+00:00", "machine": "Linux, 2 cores", "quick": true,
          "rows": [
            { "case": "one", "subject": "floor", "metric": "us", "value": 100.5, "unit": "us" },
            { "case": "one", "subject": "tracetrack", "metric": "us", "value": 110, "unit": "us" },
            { "case": "one", "subject": "tracetrack / floor", "metric": "ratio", "value": 1.0945, "unit": "x" }
          ]
        }
        """;

    [Fact]
    public void What_a_bench_wrote_is_read_again()
    {
        var file = BenchFile.Parse(Lookup);
        Assert.Equal(("lookup", "Linux, 2 cores", true, 3), (file.Name, file.Machine, file.Quick, file.Rows.Count));
        Assert.Equal("./bench lookup --quick", file.Command);
        Assert.Equal(110, file.Value("one", "tracetrack", "us"));
        Assert.Null(file.Value("one", "Dapper", "us"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "name": "bulk", "when": "2026-11-29T01:02:03Z", "machine": "m", "quick": false }""")]
    [InlineData("""{ "name": "bulk", "when": "2026-11-29T01:02:03Z", "machine": "m", "quick": false, "rows": [ { "case": "x", "value": 1 } ] }""")]
    public void Anything_else_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => BenchFile.Parse(json));

    [Fact]
    public async Task A_bench_that_was_not_run_has_no_file() =>
        Assert.Null(await BenchFile.ReadAsync(Path.GetTempPath(), Guid.NewGuid().ToString("N"), TestContext.Current.CancellationToken));

    [Fact]
    public void A_table_names_the_command_and_the_machine_and_has_a_column_for_each_subject()
    {
        var text = MarkdownTables.Of(BenchFile.Parse(Lookup));
        Assert.Contains("`./bench lookup --quick`, 2026-11-29 01:02 UTC. Linux, 2 cores.", text, StringComparison.Ordinal);
        Assert.Contains("| case | metric | floor | tracetrack | tracetrack / floor |", text, StringComparison.Ordinal);
        Assert.Contains("| one | us | 101 us | 110 us |  |", text, StringComparison.Ordinal);
        Assert.Contains("| one | ratio |  |  | 1.09 x |", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.04567, "0.0457")]
    [InlineData(1.0945, "1.09")]
    [InlineData(47.26, "47.3")]
    [InlineData(191_846.4, "191,846")]
    [InlineData(8_000_000, "8.0M")]
    public void Numbers_are_told_with_three_digits_that_count(double value, string text) => Assert.Equal(text, Numbers.Text(value));

    [Theory]
    [InlineData(500, "500")]
    [InlineData(80_000, "80k")]
    [InlineData(8_000_000, "8M")]
    public void Ticks_are_told_shortly(double value, string text) => Assert.Equal(text, Numbers.Short(value));
}
