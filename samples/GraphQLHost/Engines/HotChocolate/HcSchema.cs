using HotChocolate.Execution.Configuration;
using HotChocolate.Language;
using HotChocolate.Resolvers;
using HotChocolate.Types;

namespace GraphQLHost.Engines.HotChocolate;

/// <summary>Builds HotChocolate's schema from the SDL, with the table's resolvers and scalars.</summary>
internal static class HcSchema
{
    /// <exception cref="InvalidOperationException">The schema and the table disagree.</exception>
    public static void Configure(IRequestExecutorBuilder builder, string sdl, ResolverTable table, ErrorTranslator errors)
    {
        var document = Utf8GraphQLParser.Parse(sdl);
        builder.AddDocumentFromString(sdl);
        var resolvers = new HcResolvers(table.Enums, errors);
        var subscriptions = new Dictionary<string, Func<IResolverContext, ValueTask<object?>>>(StringComparer.Ordinal);
        foreach (var binding in table.Bind([.. FieldsOf(document)]))
        {
            var resolve = resolvers.Of(binding);
            builder.AddResolver(binding.Type, binding.Field, resolve);
            if (binding.Type == ResolverTable.SubscriptionType)
                subscriptions.Add(binding.Field, resolve);
        }

        if (subscriptions.Count > 0)
            builder.TryAddTypeInterceptor(new HcSubscriptions(subscriptions));
        foreach (var definition in document.Definitions.OfType<ScalarTypeDefinitionNode>())
            builder.AddType(ScalarOf(definition));
        foreach (var definition in document.Definitions.OfType<EnumTypeDefinitionNode>())
            Match(definition, table);
    }

    private static void Match(EnumTypeDefinitionNode definition, ResolverTable table)
    {
        if (!table.Enums.TryGetValue(definition.Name.Value, out var map))
            throw new InvalidOperationException($"The schema and its resolvers disagree: the enum {definition.Name.Value} is not bound.");
        map.Match(definition.Values.Select(value => value.Name.Value));
    }

    private static IEnumerable<(string Type, string Field)> FieldsOf(DocumentNode document) =>
        from type in document.Definitions.OfType<ObjectTypeDefinitionNode>()
        from field in type.Fields
        select (type.Name.Value, field.Name.Value);

    private static ScalarType ScalarOf(ScalarTypeDefinitionNode definition) => definition.Name.Value switch
    {
        "Decimal" => new WeightScalar(definition.Description?.Value),
        "DateTime" => new TimeScalar(definition.Description?.Value),
        "Long" => new LongType("Long", definition.Description?.Value, bind: BindingBehavior.Implicit),
        var name => throw new InvalidOperationException($"The scalar {name} is not known to this engine."),
    };
}
