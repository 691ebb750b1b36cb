namespace TraceTrack.GraphQLHost.Tests.Schemas;

public sealed class BreakingChangeTests
{
    private const string Schema = """
        type Query { thing(id: ID!, kind: Kind, most: Int = 10, loud: Boolean! = true): Thing things: [Thing] either: Either }
        type Mutation { put(input: ThingInput!): Thing! }
        interface Named { name: String }
        type Thing implements Named { name: String size: Int! tags: [String!]! }
        type Other { name: String! }
        union Either = Thing | Other
        enum Kind { ROUND SQUARE }
        input ThingInput { name: String! size: Int most: Int = 3 tags: [String!] }
        scalar Url @specifiedBy(url: "https://example.org/url")
        directive @shout(loud: Int) repeatable on FIELD | QUERY
        """;

    [Theory]
    [InlineData("type Other { name: String! }", "", "the type Other is gone")]
    [InlineData("type Other { name: String! }", "interface Other { name: String! }", "Other was OBJECT and is INTERFACE")]
    [InlineData("Mutation {", "Changes {", "Mutation is not the mutation type any more; the type Mutation is gone")]
    [InlineData("name: String size: Int!", "name: String", "the field Thing.size is gone")]
    [InlineData("interface Named { name: String }", "interface Named { names: String }", "the field Named.name is gone")]
    [InlineData("size: Int! tags", "size: Int tags", "Thing.size was Int! and is Int")]
    [InlineData("size: Int! tags", "size: Float! tags", "Thing.size was Int! and is Float!")]
    [InlineData("tags: [String!]! }", "tags: [String]! }", "Thing.tags was [String!]! and is [String]!")]
    [InlineData("tags: [String!]! }", "tags: String! }", "Thing.tags was [String!]! and is String!")]
    [InlineData("thing(id: ID!, kind: Kind,", "thing(id: ID!,", "the argument Query.thing:kind is gone")]
    [InlineData("kind: Kind,", "kind: String,", "the argument Query.thing:kind was Kind and is String")]
    [InlineData("kind: Kind,", "kind: Kind!,", "the argument Query.thing:kind was Kind and is Kind!")]
    [InlineData("kind: Kind,", "kind: Kind, more: Int!,", "the argument Query.thing:more is new and required")]
    [InlineData("most: Int = 10", "most: Int = 20", "the argument Query.thing:most was 10 when left out and is 20")]
    [InlineData("most: Int = 10", "most: Int", "the argument Query.thing:most was 10 when left out and is nothing")]
    [InlineData("kind: Kind,", "kind: Kind = ROUND,", "the argument Query.thing:kind was nothing when left out and is ROUND")]
    [InlineData("loud: Boolean! = true", "loud: Boolean!", "the argument Query.thing:loud is required now")]
    [InlineData("type Thing implements Named", "type Thing", "Thing does not implement Named any more")]
    [InlineData("union Either = Thing | Other", "union Either = Thing", "Either does not have Other among its types any more")]
    [InlineData("ROUND SQUARE", "ROUND", "the enum value Kind.SQUARE is gone")]
    [InlineData("name: String! size: Int most", "name: String! most", "the input field ThingInput.size is gone")]
    [InlineData("name: String! size: Int most", "name: String! size: Int! most", "the input field ThingInput.size was Int and is Int!")]
    [InlineData("name: String! size: Int most", "name: String! more: Int! size: Int most", "the input field ThingInput.more is new and required")]
    [InlineData("most: Int = 3", "most: Int = 4", "the input field ThingInput.most was 3 when left out and is 4")]
    [InlineData("tags: [String!] }", "tags: [String!]! }", "the input field ThingInput.tags was [String!] and is [String!]!")]
    [InlineData("https://example.org/url", "https://example.org/other", "Url has another specification")]
    [InlineData("directive @shout(loud: Int) repeatable on FIELD | QUERY", "", "the directive @shout is gone")]
    [InlineData("repeatable on", "on", "@shout is not repeatable any more")]
    [InlineData("FIELD | QUERY", "FIELD", "@shout may not stand on QUERY any more")]
    [InlineData("@shout(loud: Int)", "@shout", "the argument @shout:loud is gone")]
    [InlineData("@shout(loud: Int)", "@shout(loud: Int, twice: Int!)", "the argument @shout:twice is new and required")]
    public void What_breaks_a_client_is_told(string was, string now, string changes) => Assert.Equal(changes, string.Join("; ", Changes(was, now)));

    [Theory]
    [InlineData("name: String size: Int!", "name: String size: Int! more: Int")]
    [InlineData("name: String size: Int!", "name: String! size: Int!")]
    [InlineData("things: [Thing]", "things: [Thing!]!")]
    [InlineData("name: String size: Int!", "\"Described.\" name: String size: Int! @deprecated(reason: \"Ask for tags.\")")]
    [InlineData("kind: Kind,", "kind: Kind, more: Int, most2: Int! = 3,")]
    [InlineData("id: ID!,", "id: ID,")]
    [InlineData("id: ID!,", "id: ID! = \"1\",")]
    [InlineData("put(input: ThingInput!)", "put(input: ThingInput)")]
    [InlineData("name: String! size: Int most", "name: String size: Int more: [Int!] most")]
    [InlineData("ROUND SQUARE", "ROUND SQUARE OVAL")]
    [InlineData("union Either = Thing | Other", "type Third { name: String } union Either = Thing | Other | Third")]
    [InlineData("type Other {", "type Other implements Named {")]
    [InlineData("@shout(loud: Int) repeatable on FIELD", "@whisper on FIELD directive @shout(loud: Int, more: Int) repeatable on FRAGMENT_SPREAD | FIELD")]
    public void What_breaks_none_is_not(string was, string now) => Assert.Empty(Changes(was, now));

    private static IReadOnlyList<string> Changes(string was, string now)
    {
        var changed = Schema.Replace(was, now, StringComparison.Ordinal);
        Assert.NotEqual(Schema, changed);
        return BreakingChanges.Between(SdlReader.Read(Schema), SdlReader.Read(changed));
    }
}
