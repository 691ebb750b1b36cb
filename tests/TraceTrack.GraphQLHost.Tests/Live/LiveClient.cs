using System.Net.Http.Json;
using System.Text.Json;

namespace TraceTrack.GraphQLHost.Tests.Live;

/// <summary>An event of a stream: <c>next</c> with its answer, <c>complete</c>, or <c>comment</c>.</summary>
internal sealed record Told(string Event, JsonElement Json)
{
    public JsonElement Data => Json.GetProperty("data");

    /// <summary>The code of the one error; null for none.</summary>
    public string? Code => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("errors", out var errors)
        ? Assert.Single(errors.EnumerateArray()).GetProperty("extensions").GetProperty("code").GetString() : null;

    /// <summary>What stands in the extensions of the one error.</summary>
    public JsonElement Extensions => Assert.Single(Json.GetProperty("errors").EnumerateArray()).GetProperty("extensions");

    public string EventId => Data.EnumerateObject().Single().Value.GetProperty("eventId").GetString()!;
}

/// <summary>A subscription as a client of the host has it: one connection, read as it comes.</summary>
internal sealed class LiveClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private LiveClient(HttpResponseMessage response, StreamReader lines) => (_response, _lines) = (response, lines);

    public int Status => (int)_response.StatusCode;

    public string? MediaType => _response.Content.Headers.ContentType?.MediaType;

    public static async Task<LiveClient> OpenAsync(HttpClient http, string? token, string query, object? variables = null, string accept = "text/event-stream")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patience);
        return new(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next event, comments left out.</summary>
    public async Task<Told> ReadAsync()
    {
        while (await ReadAnyAsync() is var told)
        {
            if (told.Event != "comment")
                return told;
        }

        throw new InvalidOperationException("The stream has ended.");
    }

    /// <summary>The next event or comment.</summary>
    public async Task<Told> ReadAnyAsync()
    {
        var (kind, data) = ("", "");
        while (await _lines.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.StartsWith(':'))
                kind = "comment";
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                kind = line["event: ".Length..];
            else if (line.StartsWith("data:", StringComparison.Ordinal))
                data += line["data:".Length..];
            else if (line.Length == 0 && kind.Length > 0)
                return new(kind, data.Trim().Length > 0 ? JsonElement.Parse(data) : default);
        }

        throw new EndOfStreamException();
    }

    /// <summary>Asserts that the stream ends in good order, with one error.</summary>
    public async Task<Told> EndsWithAsync(string code)
    {
        var told = await ReadAsync();
        Assert.Equal(("next", code), (told.Event, told.Code));
        await EndsAsync();
        return told;
    }

    /// <summary>Asserts that there is nothing more.</summary>
    public async Task EndsAsync()
    {
        Assert.Equal("complete", (await ReadAsync()).Event);
        await Assert.ThrowsAsync<EndOfStreamException>(ReadAnyAsync);
    }

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}
