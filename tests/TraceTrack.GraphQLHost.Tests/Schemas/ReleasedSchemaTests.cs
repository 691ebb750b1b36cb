using GraphQLHost.Resolvers;

namespace TraceTrack.GraphQLHost.Tests.Schemas;

/// <summary>Clients of the last release go on as they are. How the copy is renewed: Released/README.md.</summary>
public sealed class ReleasedSchemaTests
{
    [Fact]
    public void Nothing_that_the_last_release_served_is_broken()
    {
        using var stream = typeof(ReleasedSchemaTests).Assembly.GetManifestResourceStream("released.graphql")!;
        using var reader = new StreamReader(stream);
        var released = SdlReader.Read(reader.ReadToEnd());
        Assert.True(released.Types.Count > 50, "The copy of the released schema is not whole.");
        var changes = BreakingChanges.Between(released, SdlReader.Read(TraceTrackTable.ReadSchema()));
        Assert.True(changes.Count == 0, $"schema.graphql breaks clients of the last release:\n{string.Join("\n", changes)}");
    }
}
