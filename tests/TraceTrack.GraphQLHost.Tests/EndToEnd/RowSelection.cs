using TraceTrack.GraphQLHost.Tests.Schemas;

namespace GraphQLHost.EndToEnd;

/// <summary>Selects everything that a row leads to, as the schema says, so that no nested field is forgotten.</summary>
internal static class RowSelection
{
    /// <param name="schema">The schema.</param>
    /// <param name="type">The row's type.</param>
    /// <param name="levels">Levels of objects below the row. Lists are among them but for the last one, where they would make rows of rows of rows.</param>
    public static string Of(SchemaModel schema, string type, int levels) => string.Join(' ', schema.Types[type].Fields.Values
        .Where(field => !field.Arguments.Values.Any(argument => argument.IsRequired))
        .Select(field => Field(schema, field, levels))
        .OfType<string>());

    private static string? Field(SchemaModel schema, FieldModel field, int levels)
    {
        var type = field.Type.Trim('[', ']', '!');
        if (!schema.Types.TryGetValue(type, out var found) || found.Kind is "SCALAR" or "ENUM")
            return field.Name;
        var isList = field.Type.StartsWith('[');
        return levels == 0 || (isList && levels == 1) ? null : $"{field.Name} {{ {Of(schema, type, levels - 1)} }}";
    }
}
