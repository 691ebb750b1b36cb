namespace TraceTrack.GraphQLHost.Tests.Engines;

public sealed class ValueTests : IDisposable
{
    private readonly TestEngine _engine = new(new Boxes().Table);

    [Fact]
    public async Task Values_are_written_the_same_way_by_every_engine()
    {
        var answer = (await _engine.AskAsync("""{ box(id: "b7") { id name size weight madeAt version __typename } }""")).WithoutErrors();
        Assert.Equal(
            """{"id":"b7","name":"Box 7","size":"VERY_LARGE","weight":1.500,"madeAt":"2026-11-03T10:15:30.123456Z","version":9007199254740993,"__typename":"Box"}""",
            answer.Data.GetProperty("box").GetRawText());
    }

    [Fact]
    public async Task Text_is_not_escaped_more_than_JSON_needs()
    {
        var answer = await _engine.AskAsync("""mutation { open(name: "1–3 °C <b> \"q\" 漢字") }""");
        Assert.Contains("""1–3 °C <b> \"q\" 漢字""", answer.Json.GetRawText(), StringComparison.Ordinal);
    }

    private const string Everything = """
        { text: "t", id: "i", number: -7, version: 9007199254740993, at: "2026-11-03T10:15:30.5+02:00", size: SMALL, flag: true,
          inner: { text: "u", id: 12 }, list: [{ number: 1 }, { number: 2 }] }
        """;

    private const string Selection = "{ text id number version at size flag inner { text id number } list { number } }";

    private const string Echoed =
        """{"text":"t","id":"i","number":-7,"version":9007199254740993,"at":"2026-11-03T08:15:30.500000Z","size":"SMALL","flag":true,"inner":{"text":"u","id":"12","number":null},"list":[{"number":1},{"number":2}]}""";

    [Fact]
    public async Task Literals_reach_resolvers()
    {
        var answer = (await _engine.AskAsync($"{{ echo(input: {Everything}) {Selection} }}")).WithoutErrors();
        Assert.Equal(Echoed, answer.Data.GetProperty("echo").GetRawText());
    }

    [Fact]
    public async Task Variables_reach_resolvers()
    {
        const string Variables = """
            { "input": { "text": "t", "id": "i", "number": -7, "version": 9007199254740993, "at": "2026-11-03T10:15:30.5+02:00",
              "size": "SMALL", "flag": true, "inner": { "text": "u", "id": 12 }, "list": [{ "number": 1 }, { "number": 2 }] } }
            """;
        var answer = (await _engine.AskAsync($"query($input: EchoInput!) {{ echo(input: $input) {Selection} }}", Variables)).WithoutErrors();
        Assert.Equal(Echoed, answer.Data.GetProperty("echo").GetRawText());
    }

    [Fact]
    public async Task Nulls_and_what_is_left_out_are_the_same_to_resolvers()
    {
        var answer = (await _engine.AskAsync("{ echo(input: { text: null }) { text number inner { text } list { text } } }")).WithoutErrors();
        Assert.Equal("""{"text":null,"number":null,"inner":null,"list":[]}""", answer.Data.GetProperty("echo").GetRawText());
    }

    [Theory]
    [InlineData("2026-11-03T10:15:30Z", "2026-11-03T10:15:30.000000Z")]
    [InlineData("2026-11-03T10:15Z", "2026-11-03T10:15:00.000000Z")]
    [InlineData("2026-11-03T10:15:30.1234567-05:00", "2026-11-03T15:15:30.123456Z")]
    public async Task Times_are_ISO_8601(string sent, string returned)
    {
        var answer = (await _engine.AskAsync($$"""{ echo(input: { at: "{{sent}}" }) { at } }""")).WithoutErrors();
        Assert.Equal(returned, answer.Data.GetProperty("echo").GetProperty("at").GetString());
    }

    [Theory]
    [InlineData("2026-11-03T10:15:30")]
    [InlineData("2026-11-03")]
    [InlineData("03/11/2026 10:15Z")]
    [InlineData("2026-13-03T10:15:30Z")]
    public async Task Times_without_an_offset_or_of_another_form_are_refused(string sent)
    {
        Assert.Equal("VALIDATION_FAILED", (await _engine.AskAsync($$"""{ echo(input: { at: "{{sent}}" }) { at } }""")).Code);
        var byVariable = await _engine.AskAsync("query($at: DateTime) { echo(input: { at: $at }) { at } }", $$"""{ "at": "{{sent}}" }""");
        Assert.Equal("INVALID_VARIABLES", byVariable.Code);
    }

    public void Dispose() => _engine.Dispose();
}
