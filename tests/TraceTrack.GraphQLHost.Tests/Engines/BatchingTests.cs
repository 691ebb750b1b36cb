using GraphQLHost.Engines;

namespace TraceTrack.GraphQLHost.Tests.Engines;

public sealed class BatchingTests : IDisposable
{
    private readonly Boxes _boxes = new();
    private readonly TestEngine _engine;

    public BatchingTests() => _engine = new(_boxes.Table);

    [Fact]
    public async Task A_level_of_a_hundred_is_one_load()
    {
        var answer = (await _engine.AskAsync("{ boxes(first: 100) { id outer { id } } }")).WithoutErrors();
        Assert.Equal([("box", 10)], _boxes.Loads);
        var boxes = answer.Data.GetProperty("boxes").EnumerateArray().ToList();
        Assert.Equal(100, boxes.Count);
        Assert.Equal("b4", boxes[42].GetProperty("outer").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Fields_with_the_same_loader_share_a_load()
    {
        (await _engine.AskAsync("{ boxes(first: 20) { outer { id } twin { id } } }")).WithoutErrors();
        Assert.Equal([("box", 20)], _boxes.Loads);
    }

    [Fact]
    public async Task Every_level_is_one_load()
    {
        (await _engine.AskAsync("{ boxes(first: 5) { inner { outer { inner { id } } } } }")).WithoutErrors();
        Assert.Equal("inner box inner", _boxes.LoadersUsed);
    }

    [Fact]
    public async Task Different_root_fields_share_a_load()
    {
        (await _engine.AskAsync("""{ a: box(id: "b20") { outer { id } } b: box(id: "b30") { outer { id } } c: boxes(first: 50) { outer { id } } }""")).WithoutErrors();
        Assert.Equal([("box", 5)], _boxes.Loads);
    }

    [Fact]
    public async Task Arguments_may_be_part_of_the_key()
    {
        var answer = (await _engine.AskAsync("""{ boxes(first: 2) { a: label(prefix: "A") b: label(prefix: "B") } }""")).WithoutErrors();
        Assert.Equal([("label", 4)], _boxes.Loads);
        Assert.Equal("""[{"a":"A-b0","b":"B-b0"},{"a":"A-b1","b":"B-b1"}]""", answer.Data.GetProperty("boxes").GetRawText());
    }

    [Fact]
    public async Task Nothing_is_loaded_where_there_is_no_key()
    {
        var answer = (await _engine.AskAsync("""{ box(id: "b0") { outer { id } } }""")).WithoutErrors();
        Assert.Equal("""{"box":{"outer":null}}""", answer.Data.GetRawText());
        Assert.Empty(_boxes.Loads);
    }

    [Fact]
    public async Task A_failed_load_fails_each_field_and_is_logged_once()
    {
        var answer = await _engine.AskAsync("{ boxes(first: 10) { id broken } }");
        Assert.Equal(10, answer.Errors.Length);
        Assert.All(answer.Errors, error => Assert.Equal("INTERNAL", error.GetProperty("extensions").GetProperty("code").GetString()));
        Assert.DoesNotContain("secret", answer.Json.GetRawText(), StringComparison.Ordinal);
        Assert.Single(_engine.Logs.Messages);
    }

    [Fact]
    public async Task A_loader_that_loses_values_is_an_error_and_never_another_box_s_value()
    {
        var answer = await _engine.AskAsync("{ boxes(first: 2) { short } }");
        Assert.Equal(2, answer.Errors.Length);
        Assert.Contains("was given 2 keys and gave 0 values", _engine.Logs.Messages[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_mutation_shows_what_stood_after_it_and_before_the_next()
    {
        var answer = (await _engine.AskAsync("""
            mutation {
              first: rename(id: "b0", name: "one") { name inner { outer { name } } }
              second: rename(id: "b0", name: "two") { name inner { outer { name } } }
            }
            """)).WithoutErrors();
        foreach (var (field, name) in new[] { ("first", "one"), ("second", "two") })
        {
            var box = answer.Data.GetProperty(field);
            Assert.Equal(name, box.GetProperty("name").GetString());
            Assert.Equal(name, box.GetProperty("inner")[0].GetProperty("outer").GetProperty("name").GetString());
        }

        Assert.Equal("inner box inner box", _boxes.LoadersUsed);
    }

    [Fact]
    public async Task Requests_at_the_same_time_keep_their_batches_apart()
    {
        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => Task.Run(() => _engine.AskAsync($"{{ boxes(first: {i}) {{ twin {{ id }} }} }}"))));
        for (var i = 1; i <= 20; i++)
            Assert.Equal(i, answers[i - 1].WithoutErrors().Data.GetProperty("boxes").GetArrayLength());
        Assert.Equal(GraphQLOutcome.Executed, answers[0].Outcome);
    }

    public void Dispose() => _engine.Dispose();
}
