using System.Diagnostics;
using TraceTrack.Testing;

namespace GraphQLHost.EndToEnd;

/// <summary>A request's trace, from the field to the statement.</summary>
public sealed class TraceTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task Every_statement_of_an_operation_lies_below_the_field_or_the_batch_that_needs_it()
    {
        await using var host = await PostgresHost.StartAsync(await server.NewDatabaseAsync());
        await host.LogInAsync();
        await host.AskAsync("""mutation { recordScan(input: {scanId: "0199c1de-0000-7000-8000-000000000001", action: LINK, qr: "cb1", parent: "sb1"}) { outcome } }""");
        using var traces = new Traces("TraceTrack.GraphQLHost", "TraceTrack", "Npgsql");
        await host.AskAsync("""
            query Look {
              bags(first: 5) { nodes { qr children { qr } bill { number } parent { qr } } }
              scans(first: 5) { nodes { user { userName } } }
            }
            """);
        var all = traces.Ended.ToDictionary(activity => activity.SpanId);
        var operation = Assert.Single(all.Values, activity => activity.OperationName == "graphql");
        // Those of finding the session come before the operation.
        var statements = all.Values.Where(activity => activity.Source.Name == "Npgsql" && activity.StartTimeUtc >= operation.StartTimeUtc).ToArray();
        Assert.True(statements.Length >= 3, $"{statements.Length} statements");
        var above = statements.Select(statement => Above(statement).FirstOrDefault(activity => activity.OperationName is "graphql.field" or "graphql.batch")).ToArray();
        Assert.DoesNotContain(null, above);
        Assert.Superset(
            new HashSet<string>(["Query.bags", "Query.scans", "childrenOfParent"], StringComparer.Ordinal),
            above.Select(activity => activity!.DisplayName).ToHashSet(StringComparer.Ordinal));
        Assert.All(above, activity => Assert.Equal(operation.SpanId, activity!.ParentSpanId));

        IEnumerable<Activity> Above(Activity activity)
        {
            while (all.TryGetValue(activity.ParentSpanId, out var parent))
                yield return activity = parent;
        }
    }
}
