namespace TraceTrack.GraphQLHost.Tests.Schemas;

/// <summary>
/// What of a schema's change can break a client that keeps to the earlier one. New fields, optional arguments, enum values, union members and
/// types break none that was written as GraphQL asks: clients take what they asked for, and expect values they do not know.
/// </summary>
internal static class BreakingChanges
{
    /// <returns>One sentence a change; none when every client of the earlier schema can go on.</returns>
    public static IReadOnlyList<string> Between(SchemaModel released, SchemaModel now) =>
    [
        .. released.Roots.Where(root => now.Roots.GetValueOrDefault(root.Key) != root.Value).Select(root => $"{root.Value} is not the {root.Key} type any more"),
        .. released.Types.Values.SelectMany(type => OfType(type, now.Types.GetValueOrDefault(type.Name))),
        .. released.Directives.Values.SelectMany(directive => OfDirective(directive, now.Directives.GetValueOrDefault(directive.Name))),
    ];

    private static IEnumerable<string> OfType(TypeModel was, TypeModel? now)
    {
        if (now is null)
            return [$"the type {was.Name} is gone"];
        if (now.Kind != was.Kind)
            return [$"{was.Name} was {was.Kind} and is {now.Kind}"];
        return
        [
            .. was.SpecifiedBy == now.SpecifiedBy ? [] : new[] { $"{was.Name} has another specification" },
            .. was.Interfaces.Except(now.Interfaces).Select(name => $"{was.Name} does not implement {name} any more"),
            .. was.Members.Except(now.Members).Select(name => $"{was.Name} does not have {name} among its types any more"),
            .. was.Values.Keys.Except(now.Values.Keys).Select(name => $"the enum value {was.Name}.{name} is gone"),
            .. was.Fields.Values.SelectMany(field => OfField($"{was.Name}.{field.Name}", field, now.Fields.GetValueOrDefault(field.Name))),
            .. OfInputs("input field", was.Name + ".", was.InputFields, now.InputFields),
        ];
    }

    private static IEnumerable<string> OfField(string name, FieldModel was, FieldModel? now)
    {
        if (now is null)
            return [$"the field {name} is gone"];
        return
        [
            .. IsSafeAnswer(was.Type, now.Type) ? [] : new[] { $"{name} was {was.Type} and is {now.Type}" },
            .. OfInputs("argument", name + ":", was.Arguments, now.Arguments),
        ];
    }

    private static IEnumerable<string> OfDirective(DirectiveModel was, DirectiveModel? now)
    {
        if (now is null)
            return [$"the directive @{was.Name} is gone"];
        return
        [
            .. was.IsRepeatable && !now.IsRepeatable ? new[] { $"@{was.Name} is not repeatable any more" } : [],
            .. was.Locations.Except(now.Locations).Select(location => $"@{was.Name} may not stand on {location} any more"),
            .. OfInputs("argument", $"@{was.Name}:", was.Arguments, now.Arguments),
        ];
    }

    private static IEnumerable<string> OfInputs(
        string what, string of, IReadOnlyDictionary<string, InputModel> was, IReadOnlyDictionary<string, InputModel> now) =>
    [
        .. was.Keys.Except(now.Keys).Select(name => $"the {what} {of}{name} is gone"),
        .. now.Values.Where(input => input.IsRequired && !was.ContainsKey(input.Name)).Select(input => $"the {what} {of}{input.Name} is new and required"),
        .. was.Values.Where(input => now.ContainsKey(input.Name)).SelectMany(input => OfInput($"the {what} {of}{input.Name}", input, now[input.Name])),
    ];

    private static IEnumerable<string> OfInput(string name, InputModel was, InputModel now)
    {
        if (!IsSafeInput(was.Type, now.Type))
            yield return $"{name} was {was.Type} and is {now.Type}";
        else if (!was.IsRequired && now.IsRequired)
            yield return $"{name} is required now";
        // Whoever leaves it out gets another answer. What was required is left out by nobody.
        else if (!was.IsRequired && was.Default != now.Default)
            yield return $"{name} was {was.Default ?? "nothing"} when left out and is {now.Default ?? "nothing"}";
    }

    /// <summary>An answer may promise more than before: never null.</summary>
    private static bool IsSafeAnswer(string was, string now) =>
        now == was
        || (now.EndsWith('!') && IsSafeAnswer(was.TrimEnd('!'), now[..^1]))
        || (IsList(was) && IsList(now) && IsSafeAnswer(was[1..^1], now[1..^1]));

    /// <summary>An input may demand less than before: null is taken.</summary>
    private static bool IsSafeInput(string was, string now) => IsSafeAnswer(now, was);

    private static bool IsList(string type) => type.EndsWith(']');
}
