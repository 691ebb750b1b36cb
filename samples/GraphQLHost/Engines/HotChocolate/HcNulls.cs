using HotChocolate;
using HotChocolate.Execution;
using HotChocolate.Language;
using HotChocolate.Types;

namespace GraphQLHost.Engines.HotChocolate;

/// <summary>
/// Finds nulls where none may be that HotChocolate lets pass: in lists, and by a variable whose default is not null but whose value is. A
/// resolver would stumble over them, and the client's mistake would look like the server's.
/// </summary>
internal sealed class HcNulls(IVariableValueCollection variables)
{
    public GraphQLError? Find(ISchema schema, ISelectionNode selection)
    {
        foreach (var directive in selection.Directives)
        {
            if (schema.TryGetDirectiveType(directive.Name.Value, out var type) && Find(type.Arguments, directive.Arguments) is { } wrong)
                return wrong;
        }

        return null;
    }

    public GraphQLError? Find(IFieldCollection<IInputField> known, IReadOnlyList<ArgumentNode> given)
    {
        foreach (var argument in given)
        {
            if (known.TryGetField(argument.Name.Value, out var field) && Find(field.Type, argument.Value) is { } wrong)
                return wrong;
        }

        return null;
    }

    private GraphQLError? Find(IType type, IValueNode value) => (type, value) switch
    {
        (NonNullType, NullValueNode) => new(HostErrorCodes.ValidationFailed, $"There is a null where a {type.Print()} must be."),
        (NonNullType, VariableNode variable) when variables.TryGetVariable(variable.Name.Value, out IValueNode? given) && given is NullValueNode =>
            new(HostErrorCodes.InvalidVariables, $"The variable ${variable.Name.Value} is null where a {type.Print()} must be."),
        (NonNullType nonNull, _) => Find(nonNull.Type, value),
        (ListType list, ListValueNode items) => items.Items.Select(item => Find(list.ElementType, item)).FirstOrDefault(wrong => wrong is not null),
        (ListType list, not (NullValueNode or VariableNode)) => Find(list.ElementType, value),
        (InputObjectType input, ObjectValueNode fields) => fields.Fields
            .Select(field => input.Fields.TryGetField(field.Name.Value, out var known) ? Find(known.Type, field.Value) : null)
            .FirstOrDefault(wrong => wrong is not null),
        _ => null,
    };
}
