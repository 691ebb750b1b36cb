using System.Diagnostics;
using TraceTrack.GraphQLHost.Tests.Server;
using TraceTrack.Testing;

namespace TraceTrack.GraphQLHost.Tests.Observability;

public sealed class TraceTests
{
    private const string Host = "TraceTrack.GraphQLHost";

    [Fact]
    public async Task An_operation_its_working_fields_and_its_batches_are_activities_and_scalars_are_none()
    {
        await using var host = await RunningHost.StartAsync();
        var token = await host.LogInAsync("Ada");
        await host.AskAsync(token, """mutation { recordScan(input: { scanId: "0199c1de-0000-7000-8000-000000000001", action: LINK, qr: "C0001", parent: "SB0001" }) { outcome reason } }""");
        using var traces = new Traces(Host, TraceTrackDiagnostics.ActivitySourceName);
        await host.AskAsync(token, """query Look { bag(qr: "SB0001") { qr kind children { qr parent { qr } } } search(text: "C0") { qr } }""");
        var operation = Assert.Single(traces.Ended, activity => activity.OperationName == "graphql");
        Assert.Equal("query Look", operation.DisplayName);
        Assert.Equal(("query", "Look", "done"), (operation.GetTagItem("graphql.operation.type"), operation.GetTagItem("graphql.operation.name"), operation.GetTagItem("tracetrack.outcome")));
        var below = traces.Ended.Where(activity => activity.Source.Name == Host && activity != operation).ToArray();
        Assert.Equal(
            ["graphql.batch bagByQr", "graphql.batch bagByQr", "graphql.batch childrenOfParent", "graphql.field Query.search"],
            below.Select(activity => $"{activity.OperationName} {activity.DisplayName}").Order(StringComparer.Ordinal));
        Assert.All(below, activity => Assert.Equal(operation.SpanId, activity.ParentSpanId));
        // The library's own below the field that called it.
        var search = Assert.Single(traces.Ended, activity => activity.OperationName == "tracetrack.search_bags");
        Assert.Equal(below.Single(activity => activity.DisplayName == "Query.search").SpanId, search.ParentSpanId);
    }

    [Fact]
    public async Task What_fails_says_its_code_and_not_its_message()
    {
        await using var host = await RunningHost.StartAsync();
        var token = await host.LogInAsync("Ada");
        using var traces = new Traces(Host);
        Assert.Equal("INVALID_QR_CODE", (await host.AskAsync(token, """{ bagHistory(qr: "SECRET!", first: 1) { pageInfo { hasNextPage } } }""")).Code);
        Assert.Equal(2, traces.Ended.Count);
        Assert.All(traces.Ended, activity =>
        {
            Assert.Equal(ActivityStatusCode.Error, activity.Status);
            Assert.Equal("INVALID_QR_CODE", activity.GetTagItem("error.type"));
            Assert.Null(activity.StatusDescription);
            Assert.DoesNotContain(activity.TagObjects, tag => tag.Value?.ToString()?.Contains("SECRET", StringComparison.Ordinal) == true);
        });
    }
}
