using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Visitors;

namespace TraceTrack.GraphQLHost.Tests.Schemas;

/// <summary>Reads a schema from SDL.</summary>
internal static class SdlReader
{
    /// <summary>What the specification says where a deprecation does not.</summary>
    public const string NoReason = "No longer supported";

    public static SchemaModel Read(string sdl)
    {
        var definitions = Parser.Parse(sdl).Definitions;
        var types = definitions.OfType<GraphQLTypeDefinition>().Where(definition => definition is not GraphQLDirectiveDefinition).Select(Type).ToDictionary(type => type.Name, StringComparer.Ordinal);
        var roots = definitions.OfType<GraphQLSchemaDefinition>().SingleOrDefault()?.OperationTypes
            .ToDictionary(root => root.Operation.ToString().ToLowerInvariant(), root => root.Type!.Name.StringValue, StringComparer.Ordinal);
        return new(
            roots ?? new[] { "Query", "Mutation", "Subscription" }.Where(types.ContainsKey).ToDictionary(name => name.ToLowerInvariant(), StringComparer.Ordinal),
            types,
            definitions.OfType<GraphQLDirectiveDefinition>().Select(Directive).ToDictionary(directive => directive.Name, StringComparer.Ordinal));
    }

    /// <summary>A literal as one way to write it, since it may be written in several.</summary>
    public static string Literal(GraphQLValue value) => new SDLPrinter().Print(value);

    private static TypeModel Type(GraphQLTypeDefinition definition)
    {
        var type = new TypeModel("", definition.Name.StringValue, Description(definition));
        return definition switch
        {
            GraphQLObjectTypeDefinition one => type with { Kind = "OBJECT", Fields = Fields(one.Fields), Interfaces = Names(one.Interfaces) },
            GraphQLInterfaceTypeDefinition one => type with { Kind = "INTERFACE", Fields = Fields(one.Fields), Interfaces = Names(one.Interfaces) },
            GraphQLUnionTypeDefinition one => type with { Kind = "UNION", Members = Names(one.Types) },
            GraphQLEnumTypeDefinition one => type with { Kind = "ENUM", Values = (one.Values?.Items ?? []).Select(Value).ToDictionary(value => value.Name, StringComparer.Ordinal) },
            GraphQLInputObjectTypeDefinition one => type with { Kind = "INPUT_OBJECT", InputFields = Inputs(one.Fields?.Items) },
            GraphQLScalarTypeDefinition one => type with { Kind = "SCALAR", SpecifiedBy = Applied(one, "specifiedBy", "url") },
            _ => throw new NotSupportedException($"{definition.GetType().Name} is not known here."),
        };
    }

    private static Dictionary<string, FieldModel> Fields(GraphQLFieldsDefinition? fields) => (fields?.Items ?? [])
        .Select(field => new FieldModel(field.Name.StringValue, Description(field), Reference(field.Type), Deprecation(field), Inputs(field.Arguments?.Items)))
        .ToDictionary(field => field.Name, StringComparer.Ordinal);

    private static Dictionary<string, InputModel> Inputs(IEnumerable<GraphQLInputValueDefinition>? inputs) => (inputs ?? [])
        .Select(input => new InputModel(
            input.Name.StringValue, Description(input), Reference(input.Type), input.DefaultValue is { } value ? Literal(value) : null, Deprecation(input)))
        .ToDictionary(input => input.Name, StringComparer.Ordinal);

    private static ValueModel Value(GraphQLEnumValueDefinition value) => new(value.Name.StringValue, Description(value), Deprecation(value));

    private static DirectiveModel Directive(GraphQLDirectiveDefinition directive) => new(
        directive.Name.StringValue,
        Description(directive),
        directive.Locations.Items.Select(location => UpperSnake(location.ToString())).ToHashSet(StringComparer.Ordinal),
        Inputs(directive.Arguments?.Items),
        directive.Repeatable);

    private static HashSet<string> Names(IEnumerable<GraphQLNamedType>? types) => (types ?? []).Select(type => type.Name.StringValue).ToHashSet(StringComparer.Ordinal);

    private static string? Description(IHasDescriptionNode node) => node.Description?.Value.ToString();

    private static string? Deprecation(IHasDirectivesNode node) => node.Directives?.Items.Any(directive => directive.Name.Value == "deprecated") == true
        ? Applied(node, "deprecated", "reason") ?? NoReason
        : null;

    private static string? Applied(IHasDirectivesNode node, string directive, string argument) =>
        node.Directives?.Items.FirstOrDefault(applied => applied.Name.Value == directive)?.Arguments?.Items
            .Where(given => given.Name.Value == argument).Select(given => ((GraphQLStringValue)given.Value).Value.ToString()).FirstOrDefault();

    private static string Reference(GraphQLType type) => type switch
    {
        GraphQLNonNullType one => Reference(one.Type) + "!",
        GraphQLListType one => $"[{Reference(one.Type)}]",
        GraphQLNamedType one => one.Name.StringValue,
        _ => throw new NotSupportedException($"{type.GetType().Name} is not known here."),
    };

    // FragmentSpread is FRAGMENT_SPREAD.
    private static string UpperSnake(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? "_" + c : char.ToUpperInvariant(c).ToString()));
}
