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
    [InlineData("{ __type(name: \"Box\") { name } }", """{"__type":{"name":"Box"}}""")]
    public async Task What_the_table_calls_anonymous_and_introspection_answer(string query, string data) =>
        Assert.Equal(data, (await _engine.AskAsync(query, anonymous: true)).WithoutErrors().Data.GetRawText());

    public void Dispose() => _engine.Dispose();
}
