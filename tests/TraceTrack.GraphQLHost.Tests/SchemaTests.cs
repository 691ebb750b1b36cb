using GraphQLHost.Engines;
using GraphQLHost.Resolvers;
using GraphQLParser;
using GraphQLParser.AST;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.GraphQLHost.Tests.Schemas;
using TraceTrack.History;
using TraceTrack.Imports;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests;

public sealed class SchemaTests
{
    private static readonly GraphQLDocument Schema = Parser.Parse(TraceTrackTable.ReadSchema());

    [Fact]
    public void Everything_is_described()
    {
        var missing = new List<string>();
        foreach (var type in Schema.Definitions.Cast<GraphQLTypeDefinition>())
        {
            Check(type, type.Name.StringValue);
            foreach (var member in Members(type))
            {
                var name = $"{type.Name.StringValue}.{((INamedNode)member).Name.StringValue}";
                Check(member, name);
                foreach (var argument in (member as GraphQLFieldDefinition)?.Arguments?.Items ?? [])
                    Check(argument, $"{name}({argument.Name.StringValue})");
            }
        }

        Assert.Empty(missing);

        void Check(ASTNode node, string name)
        {
            if (node is not IHasDescriptionNode { Description: not null })
                missing.Add(name);
        }
    }

    /// <summary>Without one, each engine would tell of its own.</summary>
    [Fact]
    public void What_is_deprecated_says_why()
    {
        var bare = SdlReader.Read(TraceTrackTable.ReadSchema()).Lines().Where(line => line.Contains($"deprecated \"{SdlReader.NoReason}\"", StringComparison.Ordinal));
        Assert.Empty(bare);
    }

    [Fact]
    public void Enums_have_the_members_of_the_domain()
    {
        AssertSame<BagKind>();
        AssertSame<BagStatus>();
        AssertSame<BillFigure>();
        AssertSame<DeleteOutcome>();
        AssertSame<DeleteRejection>();
        AssertSame<BillStatus>();
        AssertSame<BillOutcome>();
        AssertSame<HistoryKind>();
        AssertSame<ScanAction>();
        AssertSame<ScanOutcome>();
        AssertSame<ScanRejection>();
        AssertSame<UserRole>();
        AssertSame<RowOutcome>();
        AssertSame<RowReason>();
        AssertSame<OnExisting>();
        AssertSame<OnError>();

        static void AssertSame<T>()
            where T : struct, Enum
        {
            var values = Schema.Definitions.OfType<GraphQLEnumTypeDefinition>().Single(type => type.Name.Value == typeof(T).Name).Values!;
            EnumMap.Of<T>(typeof(T).Name).Match(values.Select(value => value.Name.StringValue));
        }
    }

    private static IEnumerable<ASTNode> Members(GraphQLTypeDefinition type) => type switch
    {
        GraphQLObjectTypeDefinition definition => definition.Fields!.Items,
        GraphQLInputObjectTypeDefinition definition => definition.Fields!.Items,
        GraphQLEnumTypeDefinition definition => definition.Values!.Items,
        _ => [],
    };
}
