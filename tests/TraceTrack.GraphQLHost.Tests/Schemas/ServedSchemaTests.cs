using GraphQLHost.Engines;
using GraphQLHost.Resolvers;

namespace TraceTrack.GraphQLHost.Tests.Schemas;

/// <summary>What the engine serves is what its SDL says, to the last description.</summary>
public sealed class ServedSchemaTests
{
    /// <summary>Everything an engine could lose on the way from SDL to what it serves.</summary>
    private const string Everything = """
        "Reads." type Query {
          "An item." item(
            "Its id." id: ID! = "i1"
            "Its kind." kind: Kind = ROUND
            "A filter." filter: Filter = { most: 3, kinds: [SQUARE], name: "a \"b\"" }
          ): Item
          "Items." items("Ids." ids: [ID!]! = ["a", "b"] "At most." first: Int = 10 "Whether." all: Boolean = false "Heavier than." over: Decimal = 1.500): [[Item!]]!
        }
        "An item."
        type Item {
          "Its name." name: String!
          "Old." old: Int @deprecated(reason: "Ask for the name.")
          "Older." older: String @deprecated(reason: "Ask for no one.")
          "Its kind." kind: Kind!
          plain: Float
        }
        "A kind." enum Kind { "Round." ROUND "Square." SQUARE "Oval." OVAL @deprecated(reason: "There are none.") }
        "A filter." input Filter { "The most." most: Int = 5 "Kinds." kinds: [Kind!] "A name." name: String "Another." other: Filter }
        "Three places." scalar Decimal
        """;

    [Fact]
    public async Task The_schema_file_is_served_to_the_letter()
    {
        using var engine = new TestEngine(TraceTrackTable.Create(), TraceTrackTable.ReadSchema());
        await AssertServedAsync(engine, TraceTrackTable.ReadSchema());
    }

    [Fact]
    public async Task Defaults_deprecations_lists_and_descriptions_reach_clients()
    {
        var table = new ResolverTable()
            .Query("item", (_, _) => new ValueTask<Item?>((Item?)null))
            .Query("items", (_, _) => new ValueTask<List<List<Item>>>([]))
            .Enum<ItemKind>("Kind");
        table.Type<Item>("Item");
        using var engine = new TestEngine(table, Everything);
        await AssertServedAsync(engine, Everything);
    }

    [Fact]
    public async Task The_directives_are_those_of_the_specification()
    {
        using var engine = new TestEngine(TraceTrackTable.Create(), TraceTrackTable.ReadSchema());
        var served = (await ReadAsync(engine)).Directives;
        foreach (var name in new[] { "skip", "include" })
        {
            Assert.Equal(["FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"], served[name].Locations.Order(StringComparer.Ordinal));
            Assert.Equal("Boolean!", Assert.Single(served[name].Arguments.Values).Type);
        }

        // What else an engine knew, a client could write into a document that the other engine refuses.
        Assert.Equal(["deprecated", "include", "skip"], served.Keys.Order(StringComparer.Ordinal));
        // One engine takes it on arguments and input fields too.
        Assert.Superset(new HashSet<string>(["FIELD_DEFINITION", "ENUM_VALUE"]), served["deprecated"].Locations.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void A_difference_in_any_of_it_would_be_seen()
    {
        var lines = SdlReader.Read(Everything).Lines().ToHashSet(StringComparer.Ordinal);
        Assert.Contains("""argument Query.item(filter: Filter = {most: 3, kinds: [SQUARE], name: "a \"b\""} "A filter." """.TrimEnd(), lines);
        Assert.Contains("""Item.old: Int deprecated "Ask for the name." "Old." """.TrimEnd(), lines);
        Assert.Contains("""Item.older: String deprecated "Ask for no one." "Older." """.TrimEnd(), lines);
        Assert.Contains("""Kind.OVAL deprecated "There are none." "Oval." """.TrimEnd(), lines);
        Assert.Contains("""Filter.most: Int = 5 "The most." """.TrimEnd(), lines);
        Assert.Contains("schema { query: Query }", lines);
    }

    private static async Task AssertServedAsync(TestEngine engine, string sdl)
    {
        var file = SdlReader.Read(sdl);
        // No server tells of directives in the schema's own definition what the file does; they have a test of their own.
        var served = await ReadAsync(engine) with { Directives = file.Directives };
        var (expected, actual) = (file.Lines().ToHashSet(StringComparer.Ordinal), served.Lines().ToHashSet(StringComparer.Ordinal));
        var differences = expected.Except(actual).Select(line => "- " + line).Concat(actual.Except(expected).Select(line => "+ " + line)).ToList();
        Assert.True(differences.Count == 0, $"Only in the file (-), only in what is served (+):\n{string.Join("\n", differences)}");
    }

    private static async Task<SchemaModel> ReadAsync(TestEngine engine) =>
        IntrospectionReader.Read((await engine.AskAsync(Introspection.Query)).WithoutErrors().Data);

    private enum ItemKind
    {
        Round,
        Square,
        Oval,
    }

    private sealed record Item(string Name, int? Old, string? Older, ItemKind Kind, double? Plain);
}
