namespace TraceTrack.GraphQLHost.Tests.Schemas;

/// <summary>A schema as clients know it, whether read from SDL or from what a server says of itself. Built-in scalars and introspection are left out.</summary>
internal sealed record SchemaModel(
    IReadOnlyDictionary<string, string> Roots, IReadOnlyDictionary<string, TypeModel> Types, IReadOnlyDictionary<string, DirectiveModel> Directives)
{
    /// <summary>Everything there is to see, one line a thing, so that two schemas are compared by their lines.</summary>
    public IEnumerable<string> Lines() =>
    [
        .. Roots.Select(root => $"schema {{ {root.Key}: {root.Value} }}"),
        .. Types.Values.SelectMany(type => type.Lines()),
        .. Directives.Values.SelectMany(directive => directive.Lines()),
    ];
}

/// <summary>A type, of a kind as introspection names kinds.</summary>
internal sealed record TypeModel(string Kind, string Name, string? Description)
{
    /// <summary>Of a scalar: the address of its specification.</summary>
    public string? SpecifiedBy { get; init; }

    public IReadOnlySet<string> Interfaces { get; init; } = new HashSet<string>();

    /// <summary>Of a union: its types.</summary>
    public IReadOnlySet<string> Members { get; init; } = new HashSet<string>();

    public IReadOnlyDictionary<string, FieldModel> Fields { get; init; } = new Dictionary<string, FieldModel>();

    public IReadOnlyDictionary<string, InputModel> InputFields { get; init; } = new Dictionary<string, InputModel>();

    public IReadOnlyDictionary<string, ValueModel> Values { get; init; } = new Dictionary<string, ValueModel>();

    public IEnumerable<string> Lines() =>
    [
        $"{Kind} {Name} {Text.Quoted(Description)}",
        .. Interfaces.Select(name => $"{Name} implements {name}"),
        .. Members.Select(name => $"{Name} = {name}"),
        .. Fields.Values.SelectMany(field => field.Lines(Name)),
        .. InputFields.Values.Select(input => input.Line($"{Name}.")),
        .. Values.Values.Select(value => $"{Name}.{value.Name}{Text.Deprecated(value.Deprecation)} {Text.Quoted(value.Description)}"),
    ];
}

internal sealed record FieldModel(string Name, string? Description, string Type, string? Deprecation, IReadOnlyDictionary<string, InputModel> Arguments)
{
    public IEnumerable<string> Lines(string type) =>
    [
        $"{type}.{Name}: {Type}{Text.Deprecated(Deprecation)} {Text.Quoted(Description)}",
        .. Arguments.Values.Select(argument => argument.Line($"{type}.{Name}(").Insert(0, "argument ")),
    ];
}

/// <summary>An argument, or a field of an input object. Its default is a literal, or null for none.</summary>
internal sealed record InputModel(string Name, string? Description, string Type, string? Default, string? Deprecation)
{
    public bool IsRequired => Type.EndsWith('!') && Default is null;

    public string Line(string before) =>
        $"{before}{Name}: {Type}{(Default is null ? "" : " = " + Default)}{Text.Deprecated(Deprecation)} {Text.Quoted(Description)}";
}

internal sealed record ValueModel(string Name, string? Description, string? Deprecation);

internal sealed record DirectiveModel(
    string Name, string? Description, IReadOnlySet<string> Locations, IReadOnlyDictionary<string, InputModel> Arguments, bool IsRepeatable)
{
    public IEnumerable<string> Lines() =>
    [
        $"directive @{Name} on {string.Join(" | ", Locations.Order(StringComparer.Ordinal))} {Text.Quoted(Description)}",
        .. Arguments.Values.Select(argument => argument.Line($"@{Name}(")),
    ];
}

file static class Text
{
    public static string Quoted(string? text) => text is null ? "" : $"\"{text}\"";

    public static string Deprecated(string? reason) => reason is null ? "" : $" deprecated \"{reason}\"";
}
