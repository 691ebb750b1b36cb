using GraphQLHost.Engines;

namespace TraceTrack.GraphQLHost.Tests.Engines;

public sealed class ErrorTests : IDisposable
{
    private readonly TestEngine _engine = new(new Boxes().Table);

    [Theory]
    [InlineData("domain", "INVALID_QR_CODE", "That is no code.")]
    [InlineData("stale", "STALE_VERSION", "It changed.")]
    [InlineData("host", "TOO_SOON", "Wait a little.")]
    public async Task Errors_made_for_callers_keep_code_and_message(string how, string code, string message)
    {
        var answer = await _engine.AskAsync($$"""{ fail(how: "{{how}}") ping }""");
        Assert.Equal(GraphQLOutcome.Executed, answer.Outcome);
        Assert.Equal(code, answer.Code);
        Assert.Equal(message, answer.Errors[0].GetProperty("message").GetString());
        Assert.Equal("""["fail"]""", answer.Errors[0].GetProperty("path").GetRawText());
        Assert.Equal("""{"fail":null,"ping":"somebody"}""", answer.Data.GetRawText());
        Assert.Empty(_engine.Logs.Messages);
    }

    [Fact]
    public async Task A_stale_version_says_both_versions()
    {
        var extensions = (await _engine.AskAsync("""{ fail(how: "stale") }""")).Errors[0].GetProperty("extensions");
        Assert.Equal("""{"code":"STALE_VERSION","expectedVersion":3,"actualVersion":4,"requestId":"request-1"}""", extensions.GetRawText());
    }

    [Theory]
    [InlineData("bug")]
    [InlineData("cancelled")]
    public async Task Anything_else_is_INTERNAL_with_the_request_id_and_is_logged(string how)
    {
        var answer = await _engine.AskAsync($$"""{ fail(how: "{{how}}") }""");
        Assert.Equal("""{"code":"INTERNAL","requestId":"request-1"}""", answer.Errors[0].GetProperty("extensions").GetRawText());
        Assert.DoesNotContain("secret", answer.Json.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Json.GetRawText(), StringComparison.Ordinal);
        var log = Assert.Single(_engine.Logs.Messages);
        Assert.Contains("request-1", log, StringComparison.Ordinal);
        Assert.Contains("secret", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_may_not_be_null_takes_its_parent_with_it()
    {
        var answer = await _engine.AskAsync("""{ failHard(how: "domain") ping }""");
        Assert.Equal(GraphQLOutcome.Executed, answer.Outcome);
        Assert.Equal("INVALID_QR_CODE", answer.Code);
        Assert.Equal("null", answer.Data.GetRawText());
    }

    [Fact]
    public async Task A_null_where_none_may_be_is_INTERNAL()
    {
        var answer = await _engine.AskAsync("""{ failHard(how: "nothing") }""");
        Assert.Equal("INTERNAL", answer.Code);
        Assert.Single(_engine.Logs.Messages);
    }

    [Theory]
    [InlineData("{", "SYNTAX_ERROR")]
    [InlineData("", "SYNTAX_ERROR")]
    [InlineData("# nothing", "SYNTAX_ERROR")]
    [InlineData("{ box(id: 1) { } }", "SYNTAX_ERROR")]
    [InlineData("type A { b: Int }", "VALIDATION_FAILED")]
    [InlineData("{ ping } fragment a on Query { ...a }", "VALIDATION_FAILED")]
    [InlineData("{ echo(input: { list: [null] }) { text } }", "VALIDATION_FAILED")]
    [InlineData("{ nonsense }", "VALIDATION_FAILED")]
    [InlineData("{ box { id } }", "VALIDATION_FAILED")]
    [InlineData("{ box(id: 1.5) { id } }", "VALIDATION_FAILED")]
    [InlineData("{ boxes }", "VALIDATION_FAILED")]
    [InlineData("{ ...a } fragment a on Query { ...a }", "VALIDATION_FAILED")]
    [InlineData("""{ echo(input: { at: "yesterday" }) { at } }""", "VALIDATION_FAILED")]
    [InlineData("{ echo(input: { size: HUGE }) { size } }", "VALIDATION_FAILED")]
    [InlineData("query($n: Int!) { boxes(first: $n) { id } }", "INVALID_VARIABLES")]
    [InlineData("query a { ping } query b { ping }", "UNKNOWN_OPERATION")]
    [InlineData("fragment a on Box { id }", "UNKNOWN_OPERATION")]
    [InlineData("subscription { ping }", "NOT_ACCEPTABLE")]
    public async Task What_is_wrong_with_a_document_has_a_code_and_nothing_runs(string query, string code)
    {
        var answer = await _engine.AskAsync(query);
        Assert.Equal(GraphQLOutcome.InvalidRequest, answer.Outcome);
        Assert.Equal(code, answer.Errors[0].GetProperty("extensions").GetProperty("code").GetString());
        Assert.NotEmpty(answer.Errors[0].GetProperty("message").GetString()!);
        Assert.False(answer.Json.TryGetProperty("data", out _));
        Assert.Empty(_engine.Logs.Messages);
    }

    [Theory]
    [InlineData("""{ "n": "ten" }""")]
    [InlineData("""{ "n": 1.5 }""")]
    [InlineData("""{ "n": 99999999999 }""")]
    [InlineData("""{ "n": null }""")]
    [InlineData("""{ "n": { "m": 1 } }""")]
    [InlineData("""{ "n": "\ud800" }""")]
    public async Task Variables_that_do_not_fit_are_INVALID_VARIABLES(string variables)
    {
        var answer = await _engine.AskAsync("query($n: Int!) { boxes(first: $n) { id } }", variables);
        Assert.Equal(GraphQLOutcome.InvalidRequest, answer.Outcome);
        Assert.Equal("INVALID_VARIABLES", answer.Code);
    }

    [Fact]
    public async Task An_unknown_operation_name_is_UNKNOWN_OPERATION()
    {
        var answer = await _engine.AskAsync("query a { ping }", operationName: "b");
        Assert.Equal((GraphQLOutcome.InvalidRequest, "UNKNOWN_OPERATION"), (answer.Outcome, answer.Code));
    }

    [Fact]
    public async Task Cancelling_the_request_stops_it()
    {
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _engine.AskAsync("""{ fail(how: "slow") }""", cancellationToken: cancelled.Token));
    }

    public void Dispose() => _engine.Dispose();
}
