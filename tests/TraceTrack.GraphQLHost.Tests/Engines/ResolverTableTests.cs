using GraphQLHost.Engines;

namespace TraceTrack.GraphQLHost.Tests.Engines;

public sealed class ResolverTableTests
{
    private const string Sdl = "type Query { one: String two: Thing } type Thing { name: String size: Size } enum Size { SMALL VERY_LARGE }";

    private sealed record Thing(string Name, BoxSize Size);

    private enum OtherSize
    {
        Small,
        Medium,
    }

    private static ResolverTable Complete()
    {
        var table = new ResolverTable()
            .Query("one", (_, _) => new ValueTask<string>("1"))
            .Query("two", (_, _) => new ValueTask<Thing>(new Thing("a thing", BoxSize.Small)))
            .Enum<BoxSize>("Size");
        table.Type<Thing>("Thing");
        return table;
    }

    [Fact]
    public async Task Fields_without_an_entry_are_properties_of_the_type()
    {
        using var engine = new TestEngine(Complete(), Sdl);
        var answer = (await engine.AskAsync("{ two { name size } }")).WithoutErrors();
        Assert.Equal("""{"two":{"name":"a thing","size":"SMALL"}}""", answer.Data.GetRawText());
    }

    [Fact]
    public void Every_disagreement_with_the_schema_is_named()
    {
        var table = Complete().Query("three", (_, _) => new ValueTask<int>(3)).Anonymous("Query", "four");
        var exception = Assert.Throws<InvalidOperationException>(() => new TestEngine(table, Sdl.Replace("size: Size", "size: Size colour: String", StringComparison.Ordinal)));
        Assert.Contains("Query.three is not in the schema", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Query.four is not in the schema", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Thing.colour has no resolver", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_is_bound_once() =>
        Assert.Throws<InvalidOperationException>(() => Complete().Query("one", (_, _) => new ValueTask<string>("2")));

    [Fact]
    public void Enums_must_have_the_same_members()
    {
        var table = new ResolverTable()
            .Query("one", (_, _) => new ValueTask<string>("1"))
            .Query("two", (_, _) => new ValueTask<Thing?>((Thing?)null))
            .Enum<OtherSize>("Size");
        table.Type<Thing>("Thing");
        var exception = Assert.Throws<InvalidOperationException>(() => new TestEngine(table, Sdl));
        Assert.Contains("MEDIUM", exception.Message, StringComparison.Ordinal);
        Assert.Contains("VERY_LARGE", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Enums_must_be_bound()
    {
        var table = new ResolverTable().Query("one", (_, _) => new ValueTask<string>("1")).Query("two", (_, _) => new ValueTask<Thing?>((Thing?)null));
        table.Type<Thing>("Thing");
        Assert.Throws<InvalidOperationException>(() => new TestEngine(table, Sdl));
    }
}
