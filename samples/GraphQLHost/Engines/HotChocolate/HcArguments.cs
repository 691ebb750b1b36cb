using HotChocolate.Language;
using HotChocolate.Resolvers;
using HotChocolate.Types;

namespace GraphQLHost.Engines.HotChocolate;

/// <summary>
/// A field's arguments, read from their literals (in which HotChocolate has put the variables' values): only those tell an input field that was
/// left out from one that is null.
/// </summary>
internal sealed class HcArguments(IResolverContext context, IReadOnlyDictionary<string, EnumMap> enums) : IArgumentSource
{
    public bool TryGet(string name, out object? value)
    {
        if (!context.Selection.Field.Arguments.TryGetField(name, out var argument))
        {
            value = null;
            return false;
        }

        value = Read(argument.Type, context.ArgumentLiteral<IValueNode>(name));
        return true;
    }

    private object? Read(IType type, IValueNode value) => (type, value) switch
    {
        (_, NullValueNode) => null,
        (NonNullType nonNull, _) => Read(nonNull.Type, value),
        (ListType list, ListValueNode items) => items.Items.Select(item => Read(list.ElementType, item)).ToList(),
        (ListType list, _) => new List<object?> { Read(list.ElementType, value) },
        (InputObjectType input, ObjectValueNode given) => ReadFields(input, given),
        (EnumType named, _) => enums[named.Name].Members[(string)value.Value!],
        (ILeafType leaf, _) => leaf.ParseLiteral(value),
        _ => throw new InvalidOperationException($"{value.Kind} is no value of {type.Print()}."),
    };

    private Dictionary<string, object?> ReadFields(InputObjectType type, ObjectValueNode given)
    {
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in type.Fields)
        {
            if (field.DefaultValue is { } value and not NullValueNode)
                fields[field.Name] = Read(field.Type, value);
        }

        foreach (var field in given.Fields)
            fields[field.Name.Value] = Read(type.Fields[field.Name.Value].Type, field.Value);
        return fields;
    }
}
