using System.Globalization;
using System.Text;
using GraphQLHost.Engines;

namespace TraceTrack.GraphQLHost.Tests.Engines;

public sealed class LimitTests : IDisposable
{
    private readonly TestEngine _engine = new(new Boxes().Table);

    [Fact]
    public async Task Depth_is_limited_and_the_limit_itself_is_allowed()
    {
        Assert.Equal(GraphQLOutcome.Executed, (await _engine.AskAsync(Nested(12))).Outcome);
        Assert.Equal("QUERY_TOO_DEEP", (await _engine.AskAsync(Nested(13))).Code);
        Assert.Equal("QUERY_TOO_DEEP", (await _engine.AskAsync(Nested(5_000))).Code);
    }

    [Fact]
    public async Task Depth_counts_through_fragments()
    {
        var answer = await _engine.AskAsync($"{{ box(id: 1) {{ ...a }} }} fragment a on Box {{ {string.Concat(Enumerable.Repeat("outer { ", 11))} id {new string('}', 11)} }}");
        Assert.Equal("QUERY_TOO_DEEP", answer.Code);
    }

    [Fact]
    public async Task A_chain_of_fragments_each_a_little_deep_is_refused()
    {
        var chain = new StringBuilder("{ boxes { ...f0 } }");
        for (var i = 0; i < 90; i++)
            chain.Append(CultureInfo.InvariantCulture, $" fragment f{i} on Box {{ {string.Concat(Enumerable.Repeat("... { ", 40))} ...f{i + 1} {new string('}', 40)} }}");
        chain.Append(" fragment f90 on Box { id }");
        Assert.Contains((await _engine.AskAsync(chain.ToString())).Code, new[] { "QUERY_TOO_DEEP", "QUERY_TOO_COMPLEX" });
    }

    [Fact]
    public async Task Ten_thousand_aliases_are_refused()
    {
        var aliases = new StringBuilder("{");
        for (var i = 0; i < 10_000; i++)
            aliases.Append(CultureInfo.InvariantCulture, $" a{i}: ping");
        Assert.Equal("QUERY_TOO_COMPLEX", (await _engine.AskAsync(aliases.Append('}').ToString())).Code);
    }

    [Fact]
    public async Task Fragments_that_double_at_each_level_are_refused_at_once()
    {
        var bomb = new StringBuilder("{ boxes { ...f0 } }");
        for (var i = 0; i < 60; i++)
            bomb.Append(CultureInfo.InvariantCulture, $" fragment f{i} on Box {{ ...f{i + 1} ...f{i + 1} }}");
        bomb.Append(" fragment f60 on Box { id }");
        // Walking it would take 2^60 steps: a minute only tells a refusal from that.
        Assert.Equal("QUERY_TOO_COMPLEX", (await _engine.AskAsync(bomb.ToString()).WaitAsync(TimeSpan.FromMinutes(1))).Code);
    }

    [Theory]
    [InlineData("{ box(id: ", "[", "]", ") { id } }")]
    [InlineData("{ echo(input: ", "{ inner: ", "}", ") { text } }")]
    [InlineData("query($x: ", "[", "]", ") { ping }")]
    [InlineData("", "{ ", "}", "")]
    [InlineData("{ ping ", "... { ", "}", "}")]
    [InlineData("{ ping ", "@skip(if: true) ", "", "}")]
    [InlineData("{ ", "ping ", "", "}")]
    [InlineData("{ ", "... on Query { ping } ", "", "}")]
    [InlineData("", "query { ping } ", "", "")]
    [InlineData("query(", "$a: Int ", "", ") { ping }")]
    [InlineData("{ echo(input: { ", "number: 1 ", "", "}) { number } }")]
    [InlineData("{ ping } # ", "ü", "", "")]
    [InlineData("{ ping(", "\"\"\" ", "", ") }")]
    public async Task Documents_of_64_KiB_of_anything_end_soon_and_are_the_client_s_fault(string head, string open, string close, string tail)
    {
        var times = 64 * 1024 / (open.Length + close.Length);
        var document = head + string.Concat(Enumerable.Repeat(open, times)) + string.Concat(Enumerable.Repeat(close, times)) + tail;
        var answer = await _engine.AskAsync(document).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.NotEqual(GraphQLOutcome.Failed, answer.Outcome);
        Assert.InRange(answer.Errors.Length, 0, 20);
        Assert.DoesNotContain("INTERNAL", answer.Json.GetRawText(), StringComparison.Ordinal);
        Assert.Empty(_engine.Logs.Messages);
    }

    [Fact]
    public async Task Very_many_fragments_are_refused()
    {
        var chain = new StringBuilder("{ boxes { ...f0 } }");
        for (var i = 0; i < 2_000; i++)
            chain.Append(CultureInfo.InvariantCulture, $" fragment f{i} on Box {{ ...f{i + 1} }}");
        Assert.Equal("QUERY_TOO_COMPLEX", (await _engine.AskAsync(chain.ToString())).Code);
    }

    [Theory]
    [InlineData("{ boxes(first: 200) { inner { inner { inner { id } } } } }", true)]
    [InlineData("{ page(first: 200) { nodes { inner { inner { inner { id } } } } } }", true)]
    [InlineData("{ page(first: 1) { nodes { inner { inner { inner { id } } } } } }", false)]
    [InlineData("{ page(first: 200) { nodes { id inner { id name } } } }", false)]
    [InlineData("{ boxes(first: -1000) { inner { inner { inner { inner { id } } } } } }", true)]
    public async Task The_size_of_an_answer_is_estimated_from_its_pages(string query, bool refused) =>
        Assert.Equal(refused ? "QUERY_TOO_COMPLEX" : null, (await _engine.AskAsync(query)).Code);

    /// <summary>The numbers, since each engine has code of its own to get them, and a client must not see which one it is.</summary>
    [Theory]
    [InlineData("{ boxes(first: 200) { inner { inner { inner { id } } } } }", 5_586_201)]
    [InlineData("{ page(first: 200) { nodes { inner { inner { inner { id } } } } } }", 5_586_202)]
    [InlineData("{ boxes { inner { inner { inner { id } } } } }", 837_931)]
    [InlineData("{ boxes(first: 100) { ...a } } fragment a on Box { inner { inner { ...b } } } fragment b on Box { id name weight }", 273_101)]
    [InlineData("query($n: Int = 150) { boxes(first: $n) { ... on Box { inner { inner { id } } } } }", 139_651)]
    public async Task The_estimate_is_the_same_number_with_either_engine(string query, int fields)
    {
        var answer = await _engine.AskAsync(query);
        Assert.Equal("QUERY_TOO_COMPLEX", answer.Code);
        Assert.Contains($"could have {fields} fields", answer.Json.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 27_933)]
    [InlineData(4, 111_726)]
    [InlineData(500, 13_965_502)]
    [InlineData(600, 13_965_502)]
    public async Task A_batch_s_answer_is_estimated_from_its_items_with_either_engine(int items, int fields)
    {
        const string Query = "query($ids: [String!]!) { named(ids: $ids) { nodes { inner { inner { inner { id } } } } } }";
        var ids = string.Join(',', Enumerable.Repeat("\"b1\"", items));
        var answers = new[] { await _engine.AskAsync(Query, $"{{ \"ids\": [{ids}] }}"), await _engine.AskAsync(Query.Replace("query($ids: [String!]!)", "", StringComparison.Ordinal).Replace("$ids", $"[{ids}]", StringComparison.Ordinal)) };
        Assert.All(answers, answer => Assert.Equal(fields > 100_000 ? "QUERY_TOO_COMPLEX" : null, answer.Code));
        if (fields > 100_000)
            Assert.All(answers, answer => Assert.Contains($"could have {fields} fields", answer.Json.GetRawText(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_item_stands_for_a_batch_of_one()
    {
        Assert.Equal("""{"named":{"nodes":[{"id":"b1"}]}}""", (await _engine.AskAsync("{ named(ids: \"b1\") { nodes { id } } }")).WithoutErrors().Data.GetRawText());
        Assert.Contains("could have 837933 fields", (await _engine.AskAsync("{ named(ids: \"b1\") { nodes { inner { inner { inner { inner { id } } } } } } }")).Json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cached_document_is_estimated_again_with_other_variables()
    {
        const string Query = "query($n: Int) { boxes(first: $n) { inner { inner { id } } } }";
        Assert.Null((await _engine.AskAsync(Query, """{ "n": 1 }""")).Code);
        Assert.Equal("QUERY_TOO_COMPLEX", (await _engine.AskAsync(Query, """{ "n": 200 }""")).Code);
        Assert.Null((await _engine.AskAsync(Query, """{ "n": 2 }""")).Code);
    }

    [Fact]
    public async Task The_introspection_of_the_usual_tools_passes()
    {
        var schema = (await _engine.AskAsync(Introspection.Query)).WithoutErrors().Data.GetProperty("__schema");
        Assert.Contains(schema.GetProperty("types").EnumerateArray(), type => type.GetProperty("name").GetString() == "Box");
    }

    [Theory]
    [InlineData("{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }")]
    [InlineData("{ __type(name: \"Box\") { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { name } } } } } } } } } } } } } } } } } } } } } }")]
    public async Task Introspection_that_goes_in_circles_is_refused(string query) =>
        Assert.Equal("QUERY_TOO_DEEP", (await _engine.AskAsync(query)).Code);

    private static string Nested(int depth) =>
        $"{{ box(id: \"b1\") {{ {string.Concat(Enumerable.Repeat("outer { ", depth - 2))} id {new string('}', depth)}";

    public void Dispose() => _engine.Dispose();
}
