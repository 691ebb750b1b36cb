using HotChocolate;
using HotChocolate.Language;
using HotChocolate.Types;

namespace GraphQLHost.Engines.HotChocolate;

/// <summary>
/// Estimates how many fields the answer will have from the page sizes asked for, as the other engine does: each field once for each row of the
/// lists around it. HotChocolate's own cost analysis weighs by directives and could not give the same numbers.
/// </summary>
internal sealed class HcCost(
    ISchema schema, GraphQLLimits limits, DocumentNode document, OperationDefinitionNode operation, IReadOnlyDictionary<string, object?> variables)
{
    private readonly HashSet<string> _spreading = new(StringComparer.Ordinal);
    private double _total;

    /// <returns>Null when the answer keeps to the limit, or when validation will find the document wrong.</returns>
    public GraphQLError? Check()
    {
        if (schema.GetOperationType(operation.Operation) is { } root)
            Add(operation.SelectionSet, root, 1, null);
        return _total > limits.MaxComplexity
            ? new(HostErrorCodes.QueryTooComplex, $"The answer could have {_total:F0} fields; {limits.MaxComplexity} are allowed. Ask for smaller pages or fewer fields.")
            : null;
    }

    private void Add(SelectionSetNode selections, INamedType type, double times, (FieldNode Node, IOutputField Field)? around)
    {
        foreach (var selection in selections.Selections)
        {
            switch (selection)
            {
                case FieldNode field:
                    AddField(field, type, times, around);
                    break;
                case InlineFragmentNode inline:
                    Add(inline.SelectionSet, TypeOf(inline.TypeCondition) ?? type, times, around);
                    break;
                case FragmentSpreadNode spread when FragmentOf(spread) is { } fragment && _spreading.Add(fragment.Name.Value):
                    Add(fragment.SelectionSet, TypeOf(fragment.TypeCondition) ?? type, times, around);
                    _spreading.Remove(fragment.Name.Value);
                    break;
            }
        }
    }

    private void AddField(FieldNode node, INamedType type, double times, (FieldNode Node, IOutputField Field)? around)
    {
        _total += times;
        if (node.SelectionSet is null || type is not IComplexOutputType parent || !parent.Fields.TryGetField(node.Name.Value, out var field))
            return;
        var rows = field.Type.IsListType() ? Rows(node, field, type, around) : 1;
        Add(node.SelectionSet, field.Type.NamedType(), times * rows, (node, field));
    }

    private double Rows(FieldNode node, IOutputField field, INamedType parent, (FieldNode Node, IOutputField Field)? around)
    {
        if (parent.Name.StartsWith("__", StringComparison.Ordinal))
            return node.Name.Value switch { "types" => 40, "fields" => 10, _ => 3 };
        // The size of a page stands on the list itself (search), or on the connection around it (bags { nodes }).
        var asked = PageSize(node, field) ?? (around is { } outer && !outer.Field.Type.IsListType() ? PageSize(outer.Node, outer.Field) : null);
        return asked is { } rows ? Math.Clamp(rows, 1, limits.MaxPageSize) : limits.AssumedListSize;
    }

    private int? PageSize(FieldNode node, IOutputField field) => Number(node, field, "first") ?? Number(node, field, "last");

    private int? Number(FieldNode node, IOutputField field, string argument)
    {
        var value = node.Arguments.FirstOrDefault(given => given.Name.Value == argument)?.Value;
        if (value is VariableNode variable)
            value = ValueOf(variable);
        if (value is null && field.Arguments.TryGetField(argument, out var definition))
            value = definition.DefaultValue;
        return value is IntValueNode number && int.TryParse(number.Value, System.Globalization.CultureInfo.InvariantCulture, out var rows) ? rows : null;
    }

    private IValueNode? ValueOf(VariableNode variable) =>
        variables.TryGetValue(variable.Name.Value, out var given) ? given as IValueNode
        : operation.VariableDefinitions.FirstOrDefault(definition => definition.Variable.Name.Value == variable.Name.Value)?.DefaultValue;

    private FragmentDefinitionNode? FragmentOf(FragmentSpreadNode spread) =>
        document.Definitions.OfType<FragmentDefinitionNode>().FirstOrDefault(fragment => fragment.Name.Value == spread.Name.Value);

    private INamedType? TypeOf(NamedTypeNode? name) => name is not null && schema.TryGetType<INamedType>(name.Name.Value, out var type) ? type : null;
}
