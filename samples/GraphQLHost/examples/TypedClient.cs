using System.Net.Http.Json;

namespace TraceTrack.Examples;

/// <summary>A typed client: copy it, and give the records the fields you need. The address of <paramref name="http"/> is the host's.</summary>
internal sealed class TypedClient(HttpClient http)
{
    public async Task LogInAsync(string userName, string password)
    {
        var data = await AskAsync<LoginData>(
            "mutation($userName: String!, $password: String!) { login(userName: $userName, password: $password) { token } }", new { userName, password });
        http.DefaultRequestHeaders.Authorization = new("Bearer", data.Login.Token);
    }

    /// <summary>The device makes the id; kept until the answer is there, it makes sending the scan again safe.</summary>
    public async Task<ScanAnswer> LinkAsync(Guid scanId, string qr, string parent) => (await AskAsync<ScanData>(
        "mutation($input: RecordScanInput!) { recordScan(input: $input) { outcome reason detail } }",
        new { input = new { scanId, action = "LINK", qr, parent } })).RecordScan;

    public async Task<BagView?> FindBagAsync(string qr) => (await AskAsync<BagData>(
        "query($qr: String!) { bag(qr: $qr) { qr status weightKg changedAt parent { qr childCount } } }", new { qr })).Bag;

    private async Task<T> AskAsync<T>(string query, object variables)
    {
        using var response = await http.PostAsJsonAsync("/graphql", new { query, variables });
        var answer = await response.Content.ReadFromJsonAsync<Answer<T>>();
        return answer!.Errors is [var error, ..] ? throw new InvalidOperationException($"{error.Extensions.Code}: {error.Message}") : answer.Data!;
    }
}

internal sealed record ScanAnswer(string Outcome, string? Reason, string? Detail);

internal sealed record BagView(string Qr, string Status, decimal WeightKg, DateTimeOffset ChangedAt, ParentView? Parent);

internal sealed record ParentView(string Qr, int ChildCount);

internal sealed record LoginAnswer(string Token);

internal sealed record LoginData(LoginAnswer Login);

internal sealed record ScanData(ScanAnswer RecordScan);

internal sealed record BagData(BagView? Bag);

internal sealed record Answer<T>(T? Data, ErrorView[]? Errors);

internal sealed record ErrorView(string Message, ErrorCode Extensions);

internal sealed record ErrorCode(string Code);
