using GraphQLHost.Engines;

namespace TraceTrack.GraphQLHost.Tests.Engines;

public sealed class AnonymousTests : IDisposable
{
    private readonly Boxes _boxes = new();
    private readonly TestEngine _engine;

    public AnonymousTests() => _engine = new(_boxes.Table);

    [Fact]
    public async Task Root_fields_need_a_session()
    {
        var answer = await _engine.AskAsync("{ whoami }", anonymous: true);
        Assert.Equal("UNAUTHENTICATED", answer.Code);
        Assert.Equal("null", answer.Data.GetRawText());
    }

    [Fact]
    public async Task Mutations_need_one_too_and_do_not_run_without()
    {
        var answer = await _engine.AskAsync("""mutation { rename(id: "b0", name: "mine") { name } }""", anonymous: true);
        Assert.Equal("UNAUTHENTICATED", answer.Code);
        Assert.Equal("Box 0", (await _engine.AskAsync("""{ box(id: "b0") { name } }""")).Data.GetProperty("box").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("{ ping }", """{"ping":"nobody"}""")]
    [InlineData("mutation { open(name: \"x\") }", """{"open":"x"}""")]
    [InlineData("{ __typename }", """{"__typename":"Query"}""")]
    public async Task What_the_table_calls_anonymous_answers(string query, string data) =>
        Assert.Equal(data, (await _engine.AskAsync(query, anonymous: true)).WithoutErrors().Data.GetRawText());

    [Theory]
    [InlineData("{ __type(name: \"Box\") { name } }")]
    [InlineData("{ ping ... on Query { ...schema } } fragment schema on Query { __schema { queryType { name } } }")]
    public async Task Introspection_is_for_admins_unless_the_limits_let_everybody(string query)
    {
        for (var i = 0; i < 2; i++)
        {
            // Twice: the second time the document is known.
            Assert.Equal("INTROSPECTION_NOT_ALLOWED", (await _engine.AskAsync(query, anonymous: true)).Code);
            (await _engine.AskAsync(query)).WithoutErrors();
        }

        using var open = new TestEngine(new Boxes().Table, limits: new() { Introspection = IntrospectionAccess.Everybody });
        (await open.AskAsync(query, anonymous: true)).WithoutErrors();
    }

    public void Dispose() => _engine.Dispose();
}
