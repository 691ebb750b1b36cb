using System.Text.Json;
using HotChocolate.Language;

namespace GraphQLHost.Engines.HotChocolate;

/// <summary>Variables as literals, which HotChocolate checks against the schema as it checks those of a document.</summary>
internal static class HcVariables
{
    /// <returns>False when a text is not valid Unicode: a lone surrogate written as an escape is valid JSON and no valid text.</returns>
    public static bool TryRead(JsonElement json, out Dictionary<string, object?> variables)
    {
        variables = new(StringComparer.Ordinal);
        if (json.ValueKind != JsonValueKind.Object)
            return true;
        try
        {
            foreach (var variable in json.EnumerateObject())
                variables[variable.Name] = Read(variable.Value);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static IValueNode Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new StringValueNode(value.GetString()!),
        JsonValueKind.True => BooleanValueNode.True,
        JsonValueKind.False => BooleanValueNode.False,
        JsonValueKind.Null => NullValueNode.Default,
        JsonValueKind.Number => ReadNumber(value.GetRawText()),
        JsonValueKind.Array => new ListValueNode([.. value.EnumerateArray().Select(Read)]),
        JsonValueKind.Object => new ObjectValueNode([.. value.EnumerateObject().Select(field => new ObjectFieldNode(field.Name, Read(field.Value)))]),
        _ => throw new InvalidOperationException("A variable has no value."),
    };

    private static IValueNode ReadNumber(string text) =>
        Utf8GraphQLParser.Syntax.ParseValueLiteral(text);
}
