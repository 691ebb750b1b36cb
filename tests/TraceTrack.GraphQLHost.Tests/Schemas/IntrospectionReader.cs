using System.Text.Json;
using GraphQLParser;
using GraphQLParser.AST;

namespace TraceTrack.GraphQLHost.Tests.Schemas;

/// <summary>Reads a schema from the answer to <see cref="Introspection.Query"/>.</summary>
internal static class IntrospectionReader
{
    private static readonly string[] BuiltIn = ["Boolean", "Float", "ID", "Int", "String"];

    public static SchemaModel Read(JsonElement data)
    {
        var schema = data.GetProperty("__schema");
        return new(
            new[] { "query", "mutation", "subscription" }
                .Select(name => (Name: name, Type: schema.GetProperty(name + "Type")))
                .Where(root => root.Type.ValueKind == JsonValueKind.Object)
                .ToDictionary(root => root.Name, root => Name(root.Type), StringComparer.Ordinal),
            schema.GetProperty("types").EnumerateArray().Where(IsOwn).Select(Type).ToDictionary(type => type.Name, StringComparer.Ordinal),
            schema.GetProperty("directives").EnumerateArray().Select(Directive).ToDictionary(directive => directive.Name, StringComparer.Ordinal));
    }

    private static bool IsOwn(JsonElement type) => !Name(type).StartsWith("__", StringComparison.Ordinal) && !BuiltIn.Contains(Name(type));

    private static TypeModel Type(JsonElement type)
    {
        var kind = type.GetProperty("kind").GetString()!;
        return new(kind, Name(type), Text(type, "description"))
        {
            Interfaces = List(type, "interfaces").Select(Reference).ToHashSet(StringComparer.Ordinal),
            Members = kind == "UNION" ? List(type, "possibleTypes").Select(Reference).ToHashSet(StringComparer.Ordinal) : new HashSet<string>(),
            Fields = List(type, "fields").Select(Field).ToDictionary(field => field.Name, StringComparer.Ordinal),
            InputFields = Inputs(type, "inputFields"),
            Values = List(type, "enumValues").Select(value => new ValueModel(Name(value), Text(value, "description"), Deprecation(value)))
                .ToDictionary(value => value.Name, StringComparer.Ordinal),
        };
    }

    private static FieldModel Field(JsonElement field) =>
        new(Name(field), Text(field, "description"), Reference(field.GetProperty("type")), Deprecation(field), Inputs(field, "args"));

    private static Dictionary<string, InputModel> Inputs(JsonElement of, string property) => List(of, property)
        .Select(input => new InputModel(Name(input), Text(input, "description"), Reference(input.GetProperty("type")), Default(input), null))
        .ToDictionary(input => input.Name, StringComparer.Ordinal);

    private static DirectiveModel Directive(JsonElement directive) => new(
        Name(directive),
        Text(directive, "description"),
        directive.GetProperty("locations").EnumerateArray().Select(location => location.GetString()!).ToHashSet(StringComparer.Ordinal),
        Inputs(directive, "args"),
        IsRepeatable: false);

    private static string? Default(JsonElement input) =>
        Text(input, "defaultValue") is { } literal ? SdlReader.Literal(Parser.Parse<GraphQLValue>(literal)) : null;

    private static string? Deprecation(JsonElement of) => of.GetProperty("isDeprecated").GetBoolean() ? Text(of, "deprecationReason") ?? "" : null;

    private static string Reference(JsonElement type) => type.GetProperty("kind").GetString() switch
    {
        "NON_NULL" => Reference(type.GetProperty("ofType")) + "!",
        "LIST" => $"[{Reference(type.GetProperty("ofType"))}]",
        _ => Name(type),
    };

    private static JsonElement.ArrayEnumerator List(JsonElement of, string property) =>
        of.TryGetProperty(property, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;

    private static string Name(JsonElement of) => of.GetProperty("name").GetString()!;

    private static string? Text(JsonElement of, string property) => of.GetProperty(property).GetString();
}
