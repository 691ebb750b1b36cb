using System.Net;
using System.Text;
using System.Text.Json;

namespace TraceTrack.GraphQLHost.Tests.Http;

public sealed class StatusTests : IAsyncLifetime
{
    private const string GraphQLResponse = "application/graphql-response+json";
    private const string Json = "application/json";

    private TestHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(limits => (limits.MaxRequestBytes, limits.MaxDocumentBytes) = (100_000, 10_000));

    [Theory]
    // The operation ran.
    [InlineData("""{ "query": "{ ping }" }""", 200, 200, null)]
    [InlineData("""{ "query": "mutation { open(name: \"x\") }" }""", 200, 200, null)]
    [InlineData("""{ "query": "{ ping }", "operationName": null, "variables": null, "extensions": null }""", 200, 200, null)]
    [InlineData("""{ "query": "query a { ping } query b { ping }", "operationName": "b", "unknown": 1 }""", 200, 200, null)]
    [InlineData("""{ "query": "{ ping }", "operationName": "", "variables": {}, "extensions": {} }""", 200, 200, null)]
    // A field failed, with data left and without.
    [InlineData("""{ "query": "{ ping fail(how: \"domain\") }" }""", 200, 200, "UNAUTHENTICATED")]
    [InlineData("""{ "query": "{ whoami }" }""", 200, 200, "UNAUTHENTICATED")]
    // Nothing ran.
    [InlineData("""{ "query": "{" }""", 400, 200, "SYNTAX_ERROR")]
    [InlineData("""{ "query": "" }""", 400, 200, "SYNTAX_ERROR")]
    [InlineData("""{ "query": "{ nonsense }" }""", 400, 200, "VALIDATION_FAILED")]
    [InlineData("""{ "query": "query($n: Int!) { boxes(first: $n) { id } }", "variables": { "n": "x" } }""", 400, 200, "INVALID_VARIABLES")]
    [InlineData("""{ "query": "query a { ping } query b { ping }" }""", 400, 200, "UNKNOWN_OPERATION")]
    // No GraphQL request at all.
    [InlineData("NONSENSE", 400, 400, "BAD_REQUEST")]
    [InlineData("", 400, 400, "BAD_REQUEST")]
    [InlineData("""{ "query": """, 400, 400, "BAD_REQUEST")]
    [InlineData("""{ "query": "{ ping }" } trailing""", 400, 400, "BAD_REQUEST")]
    [InlineData("""{ "qeury": "{ ping }" }""", 400, 400, "BAD_REQUEST")]
    [InlineData("""{ "query": null }""", 400, 400, "BAD_REQUEST")]
    [InlineData("""{ "query": 7 }""", 400, 400, "BAD_REQUEST")]
    [InlineData("""{ "query": "\ud800" }""", 400, 400, "BAD_REQUEST")]
    [InlineData("""{ "query": "{ ping }", "operationName": 7 }""", 400, 400, "BAD_REQUEST")]
    [InlineData("""{ "query": "{ ping }", "variables": [7] }""", 400, 400, "BAD_REQUEST")]
    [InlineData("""{ "query": "{ ping }", "extensions": "x" }""", 400, 400, "BAD_REQUEST")]
    [InlineData("7", 400, 400, "BAD_REQUEST")]
    [InlineData("null", 400, 400, "BAD_REQUEST")]
    [InlineData("""[{ "query": "{ ping }" }]""", 400, 400, "BATCHING_NOT_SUPPORTED")]
    public async Task Posts(string body, int status, int statusForPlainJson, string? code)
    {
        await Expect(await _host.PostAsync(body, GraphQLResponse), status, GraphQLResponse, code);
        await Expect(await _host.PostAsync(body, Json), statusForPlainJson, Json, code);
    }

    [Theory]
    [InlineData("query=%7Bping%7D", 200, null)]
    [InlineData("query=query($s:String!)%7Bfail(how:$s)%7D&variables=%7B%22s%22:%22x%22%7D&operationName=&extensions=", 200, "UNAUTHENTICATED")]
    [InlineData("query=query%20a%7Bping%7Dmutation%20b%7Bopen(name:%22x%22)%7D&operationName=a", 200, null)]
    [InlineData("query=%7B", 400, "SYNTAX_ERROR")]
    [InlineData("", 400, "BAD_REQUEST")]
    [InlineData("query=", 400, "BAD_REQUEST")]
    [InlineData("query=%7Bping%7D&variables=nonsense", 400, "BAD_REQUEST")]
    [InlineData("query=%7Bping%7D&variables=%5B7%5D", 400, "BAD_REQUEST")]
    [InlineData("query=%7Bping%7D&extensions=7", 400, "BAD_REQUEST")]
    public async Task Gets(string url, int status, string? code) => await Expect(await _host.GetAsync(url), status, GraphQLResponse, code);

    [Theory]
    [InlineData("query=mutation%7Bopen(name:%22x%22)%7D")]
    [InlineData("query=query%20a%7Bping%7Dmutation%20b%7Bopen(name:%22x%22)%7D&operationName=b")]
    public async Task Mutations_do_not_run_by_GET(string url)
    {
        foreach (var accept in new[] { GraphQLResponse, Json })
        {
            var response = await _host.GetAsync(url, accept);
            Assert.Equal(["POST"], response.Content.Headers.Allow);
            await Expect(response, 405, accept, "METHOD_NOT_ALLOWED");
        }
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task Other_methods_are_refused(string method)
    {
        var response = await _host.SendAsync(new(method), "/graphql", null, null, null);
        Assert.Equal(["GET", "POST"], response.Content.Headers.Allow);
        await Expect(response, 405, GraphQLResponse, "METHOD_NOT_ALLOWED");
    }

    [Theory]
    [InlineData(null, GraphQLResponse)]
    [InlineData("", GraphQLResponse)]
    [InlineData("*/*", GraphQLResponse)]
    [InlineData("application/*", GraphQLResponse)]
    [InlineData("application/json", Json)]
    [InlineData("APPLICATION/JSON; charset=\"UTF-8\"", Json)]
    [InlineData("application/graphql-response+json; charset=utf-8, application/json; charset=utf-8", GraphQLResponse)]
    [InlineData("application/graphql-response+json, application/json;q=0.9", GraphQLResponse)]
    [InlineData("application/graphql-response+json;q=0.1, application/json;q=0.9", Json)]
    [InlineData("text/html, application/json;q=0.5, */*;q=0.1", Json)]
    [InlineData("*/*, application/graphql-response+json;q=0", Json)]
    public async Task The_answer_has_the_type_the_client_prefers(string? accept, string mediaType) =>
        await Expect(await _host.PostAsync("""{ "query": "{ ping }" }""", accept), 200, mediaType, null);

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/xml, image/*")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json;q=0, application/graphql-response+json;q=0")]
    public async Task Clients_that_take_neither_type_are_told_so(string accept) =>
        await Expect(await _host.PostAsync("""{ "query": "{ ping }" }""", accept), 406, Json, "NOT_ACCEPTABLE");

    [Theory]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("application/json; charset=\"UTF-8\"", 200)]
    [InlineData("APPLICATION/JSON", 200)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("application/json; charset=iso-8859-1", 415)]
    [InlineData("application/graphql", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("multipart/form-data", 415)]
    [InlineData("nonsense", 415)]
    [InlineData("", 415)]
    public async Task Only_JSON_in_UTF_8_is_read(string contentType, int status) =>
        await Expect(await _host.PostAsync("""{ "query": "{ ping }" }""", contentType: contentType), status, GraphQLResponse, status == 200 ? null : "UNSUPPORTED_MEDIA_TYPE");

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_refused_wherever_they_stand()
    {
        byte[] body = [.. """{ "query": "{ ping }", "variables": { "x": " """u8, 0xC3, 0x28, .. """ " } }"""u8];
        await Expect(await _host.SendAsync(HttpMethod.Post, "/graphql", TestHost.Content(body, Json), null, null), 400, GraphQLResponse, "BAD_REQUEST");
    }

    [Fact]
    public async Task A_byte_order_mark_does_no_harm()
    {
        byte[] body = [0xEF, 0xBB, 0xBF, .. """{ "query": "{ ping }" }"""u8];
        await Expect(await _host.SendAsync(HttpMethod.Post, "/graphql", TestHost.Content(body, Json), null, null), 200, GraphQLResponse, null);
    }

    [Fact]
    public async Task Long_documents_and_long_bodies_are_refused()
    {
        var document = $"{{ ping }} # {new string('é', 5_000)}";
        await Expect(await _host.PostAsync(JsonSerializer.Serialize(new { query = document })), 400, GraphQLResponse, "DOCUMENT_TOO_LARGE");
        var body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { query = "{ ping }", x = new string('x', 100_000) }));
        await Expect(await _host.SendAsync(HttpMethod.Post, "/graphql", TestHost.Content(body, Json), null, null), 413, GraphQLResponse, "REQUEST_TOO_LARGE");
        using var unannounced = new StreamContent(new TricklingStream(body));
        unannounced.Headers.TryAddWithoutValidation("Content-Type", Json);
        await Expect(await _host.SendAsync(HttpMethod.Post, "/graphql", unannounced, null, null), 413, GraphQLResponse, "REQUEST_TOO_LARGE");
    }

    [Fact]
    public async Task A_body_that_comes_in_pieces_is_read_whole()
    {
        var body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { query = $"{{ ping }} # {new string('x', 9_000)}" }));
        using var content = new StreamContent(new TricklingStream(body));
        content.Headers.TryAddWithoutValidation("Content-Type", Json);
        await Expect(await _host.SendAsync(HttpMethod.Post, "/graphql", content, null, null), 200, GraphQLResponse, null);
    }

    private static async Task Expect(HttpResponseMessage response, int status, string mediaType, string? code)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} instead of {status}: {body}");
        Assert.Equal($"{mediaType}; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.NotEmpty(Assert.Single(response.Headers.GetValues("X-Request-Id")));
        Assert.True(response.Headers.CacheControl?.NoStore);
        var answer = JsonElement.Parse(body);
        if (code is null)
            Assert.False(answer.TryGetProperty("errors", out _), body);
        else
            Assert.Equal(code, answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal(response.StatusCode == HttpStatusCode.OK && code is null, answer.TryGetProperty("data", out var data) && !answer.TryGetProperty("errors", out _));
        response.Dispose();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>Gives a few bytes at a time and never says how many there are.</summary>
    private sealed class TricklingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1_000)], cancellationToken);
    }
}
