using GraphQL;
using GraphQL.Conversion;
using GraphQL.Resolvers;
using GraphQL.Types;
using GraphQL.Utilities;
using GraphQL.Validation.Complexity;
using GraphQLParser;
using GraphQLParser.AST;

namespace GraphQLHost.Engines.GraphQLNet;

/// <summary>Builds GraphQL.NET's schema from the SDL, with the table's resolvers, enums and scalars.</summary>
internal sealed class TableSchemaBuilder : SchemaBuilder
{
    private readonly ResolverTable _table;

    private TableSchemaBuilder(ResolverTable table)
    {
        _table = table;
        RunConfigurations = false;
        AllowUnknownTypes = true;
    }

    public static Schema Build(string sdl, ResolverTable table)
    {
        var document = Parser.Parse(sdl);
        var builder = new TableSchemaBuilder(table);
        foreach (var binding in table.Bind([.. FieldsOf(document)]))
        {
            var field = builder.Types.For(binding.Type).FieldFor(binding.Field);
            field.Resolver = TableFieldResolver.Of(binding);
            if (binding.Type == ResolverTable.SubscriptionType)
                field.StreamResolver = NoStream.Instance;
        }

        var schema = builder.Build(sdl);
        // Names are right as the SDL has them.
        schema.NameConverter = DefaultNameConverter.Instance;
        foreach (var definition in document.Definitions.OfType<GraphQLScalarTypeDefinition>())
            schema.RegisterType(ScalarOf(definition));
        schema.Initialize();
        // GraphQL.NET weighs introspection by the number of the schema's types, so that the usual tools would be refused by a schema of ours. CostRule weighs it.
        foreach (var field in schema.AllTypes.OfType<IComplexGraphType>().Where(type => type.Name.StartsWith("__", StringComparison.Ordinal)).SelectMany(type => type.Fields))
            field.WithComplexityImpact((Func<FieldImpactContext, FieldComplexityResult>)null!);
        return schema;
    }

    protected override EnumerationGraphType ToEnumerationType(GraphQLEnumTypeDefinition enumDef)
    {
        var named = base.ToEnumerationType(enumDef);
        if (!_table.Enums.TryGetValue(named.Name, out var map))
            throw new InvalidOperationException($"The schema and its resolvers disagree: the enum {named.Name} is not bound.");
        var members = map.Match(named.Values.Select(value => value.Name));
        var bound = new EnumerationGraphType { Name = named.Name, Description = named.Description };
        foreach (var value in named.Values)
            bound.Add(value.Name, members[value.Name], value.Description, value.DeprecationReason);
        return bound;
    }

    /// <summary>Demanded by GraphQL.NET of the fields of Subscription, and never asked: <see cref="StrategySelector"/> lets their resolvers begin.</summary>
    private sealed class NoStream : ISourceStreamResolver
    {
        public static readonly NoStream Instance = new();

        public ValueTask<IObservable<object?>> ResolveAsync(IResolveFieldContext context) => throw new NotSupportedException();
    }

    private static IEnumerable<(string Type, string Field)> FieldsOf(GraphQLDocument document) =>
        from type in document.Definitions.OfType<GraphQLObjectTypeDefinition>()
        from field in type.Fields ?? Enumerable.Empty<GraphQLFieldDefinition>()
        select (type.Name.StringValue, field.Name.StringValue);

    private static ScalarGraphType ScalarOf(GraphQLScalarTypeDefinition definition)
    {
        ScalarGraphType scalar = definition.Name.StringValue switch
        {
            "Decimal" => new WeightScalar(),
            "DateTime" => new TimeScalar(),
            "Long" => new LongGraphType(),
            var name => throw new InvalidOperationException($"The scalar {name} is not known to this engine."),
        };
        scalar.Name = definition.Name.StringValue;
        scalar.Description = definition.Description?.Value.ToString();
        return scalar;
    }
}
