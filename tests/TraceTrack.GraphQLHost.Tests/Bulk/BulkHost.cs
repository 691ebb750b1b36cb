using System.Text;
using System.Text.Json;
using TraceTrack.GraphQLHost.Tests.Http;
using TraceTrack.GraphQLHost.Tests.Warehouse;

namespace TraceTrack.GraphQLHost.Tests.Bulk;

/// <summary>Files of bags, sent to a host and asked of it.</summary>
internal static class BulkHost
{
    public static Task<Answer> ImportAsync(this WarehouseHost host, string? token, string body, string query = "", string contentType = "text/csv") =>
        host.ImportAsync(token, TestHost.Content(Encoding.UTF8.GetBytes(body), contentType), query);

    public static async Task<Answer> ImportAsync(this WarehouseHost host, string? token, HttpContent content, string query = "")
    {
        using var response = await host.SendAsync(token, HttpMethod.Post, "/import" + query, content);
        return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
    }

    public static async Task<string> ExportAsync(this WarehouseHost host, string token, string query = "")
    {
        using var response = await host.SendAsync(token, HttpMethod.Get, "/export" + query);
        Assert.Equal(200, (int)response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}

internal sealed record Answer(int Status, string? MediaType, string Body)
{
    public string? Code => JsonElement.Parse(Body).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString();

    public JsonElement[] Lines => [.. Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    public JsonElement Report => Assert.Single(Lines, line => line.GetProperty("type").GetString() == "report");

    public string[] Results => [.. Body.Split('\n').Where(line => line.StartsWith("""{"type":"result",""", StringComparison.Ordinal))];
}
