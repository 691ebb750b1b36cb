using GraphQLHost.Engines;

namespace TraceTrack.GraphQLHost.Tests.Engines;

public sealed class SyntaxErrorTests : IDisposable
{
    private readonly TestEngine _engine = new(new Boxes().Table);

    [Theory]
    [InlineData("{ ping", " ?", "")]
    [InlineData("{ ping # ü", "\n ?", "")]
    [InlineData("{ ", "ping ", "? }")]
    [InlineData("{", "a:ping,", "?}")]
    [InlineData("{\r\n ", "ping\r\n ", "? }")]
    [InlineData("{ box(id: \"x\") { id } ", "b: box(id: \"y # \\\"z\") { id } ", "? }")]
    public async Task The_place_of_an_error_is_told_however_long_its_line_and_the_answer_is_short(string head, string middle, string tail)
    {
        foreach (var times in new[] { 1, 2_000 })
        {
            var document = head + string.Concat(Enumerable.Repeat(middle, times)) + tail;
            var answer = await _engine.AskAsync(document);
            Assert.Equal((GraphQLOutcome.InvalidRequest, "SYNTAX_ERROR"), (answer.Outcome, answer.Code));
            Assert.InRange(answer.Json.GetRawText().Length, 1, 500);
            var at = document.IndexOf('?', StringComparison.Ordinal);
            var before = document[..at].ReplaceLineEndings("\n");
            var line = before.Count(c => c == '\n') + 1;
            Assert.Contains($"line {line}, column {before.Length - before.LastIndexOf('\n')}", answer.Errors[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{ ", "ping ", "}")]
    [InlineData("{", "ping,", "}")]
    [InlineData("{ box(id:\"b1\"){", "...on Box{id}", "}}")]
    [InlineData("{ boxes(first:1){", "id label(prefix:\"a\\\"b\") ", "}}")]
    [InlineData("{ ", "ping #\"\n", "}")]
    public async Task Long_lines_that_are_valid_mean_what_they_say(string head, string middle, string tail) =>
        (await _engine.AskAsync(head + string.Concat(Enumerable.Repeat(middle, 400)) + tail)).WithoutErrors();

    public void Dispose() => _engine.Dispose();
}
