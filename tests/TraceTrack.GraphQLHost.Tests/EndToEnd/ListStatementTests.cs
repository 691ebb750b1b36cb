using System.Text.Json;
using GraphQLHost.Resolvers;
using TraceTrack.GraphQLHost.Tests.Schemas;

namespace GraphQLHost.EndToEnd;

/// <summary>
/// No list of the schema takes more statements for two hundred rows than for two, with everything that the rows lead to and no cache to help: one for each
/// level and kind of what is looked up.
/// </summary>
public sealed class ListStatementTests(ListWarehouse store) : IClassFixture<ListWarehouse>
{
    private static readonly SchemaModel Schema = SdlReader.Read(TraceTrackTable.ReadSchema());

    public static TheoryData<string> Fields() => [.. ListCases.All.Select(list => list.Field)];

    [Fact]
    public void Every_list_of_the_schema_is_counted()
    {
        var lists = Schema.Types.Values.SelectMany(type => type.Fields.Values.Where(field => field.Type.StartsWith('[')).Select(field => $"{type.Name}.{field.Name}"));
        Assert.Equal(lists.Order(StringComparer.Ordinal), ListCases.All.Select(list => list.Field).Concat(ListCases.OfNoStore).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_list_takes_one_statement_for_each_level_and_kind_for_two_rows_and_for_many(string field)
    {
        var list = ListCases.All.Single(list => list.Field == field);
        var host = await store.OpenAsync();
        // Once before it counts: a connection's first time may make plans.
        await AskAsync(host, list, ListWarehouse.Few);
        var (few, many) = (await AskAsync(host, list, ListWarehouse.Few), await AskAsync(host, list, list.Many));
        Assert.True(
            few.Count <= list.Most && many.Count <= list.Most,
            $"{ListWarehouse.Few} rows took {few.Count} statements and {list.Many} took {many.Count}; {list.Most} are enough.\n{string.Join("\n--\n", many)}");
    }

    [Fact]
    public async Task Two_hundred_look_ups_of_one_document_are_one_statement_a_kind()
    {
        var host = await store.OpenAsync();
        foreach (var count in new[] { 1, ListWarehouse.Many })
        {
            var fields = Enumerable.Range(0, count).Select(i =>
                $"a{i}: bag(qr: \"{ListWarehouse.Parent(i)}\") {{ qr children {{ qr }} }} b{i}: bill(number: \"{ListWarehouse.Bill(i)}\") {{ number }} c{i}: user(id: \"u{i + 1}\") {{ id }}");
            var (data, sent) = await host.AskAsync($"{{ {string.Join(' ', fields)} }}");
            Assert.Equal(3 * count, data.EnumerateObject().Count(field => field.Value.ValueKind == JsonValueKind.Object));
            // Children take two: their own rows, and those of the parents that their status follows.
            Assert.True(sent.Count == 5, $"{count} of each took {sent.Count} statements:\n{string.Join("\n--\n", sent)}");
        }
    }

    private async Task<IReadOnlyList<string>> AskAsync(UncachedHost host, ListCase list, int rows)
    {
        var selection = RowSelection.Of(Schema, Schema.Types[list.Field.Split('.')[0]].Fields[list.Field.Split('.')[1]].Type.Trim('[', ']', '!'), list.Levels);
        var query = list.Ask(store, rows).Replace("*", selection, StringComparison.Ordinal);
        // What is young comes into the feed a moment later: when nothing can be committed before it any more.
        for (var patience = 400; ; patience--)
        {
            if (list.Prepare is { } prepare)
                await prepare(store, rows);
            var (data, sent) = await host.AskAsync(query);
            var found = list.Path.Split('.').Aggregate(data, (value, part) => value.GetProperty(part));
            if (list.Field != "ScanFeedPage.events" || found.GetArrayLength() == rows || patience == 0)
            {
                Assert.Equal(rows, found.GetArrayLength());
                return sent;
            }

            await Task.Delay(50);
        }
    }
}
