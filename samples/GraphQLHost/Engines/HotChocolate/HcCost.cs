using HotChocolate;
using HotChocolate.Execution;
using HotChocolate.Language;
using HotChocolate.Types;

namespace GraphQLHost.Engines.HotChocolate;

/// <summary>
/// Estimates how many fields the answer will have from the page sizes asked for, as the other engine does: each field once for each row of the
/// lists around it. HotChocolate's own cost analysis weighs by directives and could not give the same numbers. Runs after validation, with
/// variables known.
/// </summary>
internal sealed class HcCost(ISchema schema, GraphQLLimits limits, DocumentNode document, IVariableValueCollection variables)
{
    private readonly HcNulls _nulls = new(variables);
    private double _total;
    private GraphQLError? _wrong;

    /// <returns>Null when the answer keeps to the limit, and no null stands where none may be.</returns>
    public GraphQLError? Check(OperationDefinitionNode operation)
    {
        if (schema.GetOperationType(operation.Operation) is { } root)
            Add(operation.SelectionSet, root, 1, null);
        return _wrong ?? TooComplex();
    }

    private GraphQLError? TooComplex()
    {
        return _total > limits.MaxComplexity
            ? new(HostErrorCodes.QueryTooComplex, $"The answer could have {_total:F0} fields; {limits.MaxComplexity} are allowed. Ask for smaller pages or fewer fields.")
            : null;
    }

    private void Add(SelectionSetNode selections, INamedType type, double times, (FieldNode Node, IOutputField Field)? around)
    {
        foreach (var selection in selections.Selections)
        {
            _wrong ??= _nulls.Find(schema, selection);
            if (IsLeftOut(selection))
                continue;
            switch (selection)
            {
                case FieldNode field:
                    AddField(field, type, times, around);
                    break;
                case InlineFragmentNode inline:
                    Add(inline.SelectionSet, TypeOf(inline.TypeCondition) ?? type, times, around);
                    break;
                case FragmentSpreadNode spread when FragmentOf(spread) is { } fragment:
                    Add(fragment.SelectionSet, TypeOf(fragment.TypeCondition) ?? type, times, around);
                    break;
            }
        }
    }

    private void AddField(FieldNode node, INamedType type, double times, (FieldNode Node, IOutputField Field)? around)
    {
        _total += times;
        if (type is not IComplexOutputType parent || !parent.Fields.TryGetField(node.Name.Value, out var field))
            return;
        _wrong ??= _nulls.Find(field.Arguments, node.Arguments);
        if (node.SelectionSet is null)
            return;
        var rows = field.Type.IsListType() ? Rows(node, field, type, around) : 1;
        Add(node.SelectionSet, field.Type.NamedType(), times * rows, (node, field));
    }

    private double Rows(FieldNode node, IOutputField field, INamedType parent, (FieldNode Node, IOutputField Field)? around)
    {
        if (parent.Name.StartsWith("__", StringComparison.Ordinal))
            return node.Name.Value switch { "types" => 40, "fields" => 10, _ => 3 };
        // What tells the size stands on the list itself (search), or on the field around it (bags { nodes }, deleteBags { results }).
        return Asked(node, field)
            ?? (around is { } outer && !outer.Field.Type.IsListType() ? Asked(outer.Node, outer.Field) : null)
            ?? limits.AssumedListSize;
    }

    private int? Asked(FieldNode node, IOutputField field) =>
        PageSize(node, field) is { } rows ? Math.Clamp(rows, 1, limits.MaxPageSize)
        : BatchSize(node, field) is { } items ? Math.Clamp(items, 1, limits.MaxBatchSize)
        : null;

    // A batch is answered item by item.
    private int? BatchSize(FieldNode node, IOutputField field)
    {
        var list = field.Arguments.FirstOrDefault(argument => argument.Type.IsListType());
        return list is null ? null : Given(node, field, list.Name) switch
        {
            null or NullValueNode => null,
            ListValueNode items => items.Items.Count,
            // One item stands for a list of one.
            _ => 1,
        };
    }

    private int? PageSize(FieldNode node, IOutputField field) => Number(node, field, "first") ?? Number(node, field, "last");

    private int? Number(FieldNode node, IOutputField field, string argument) =>
        Given(node, field, argument) is IntValueNode number && int.TryParse(number.Value, System.Globalization.CultureInfo.InvariantCulture, out var rows) ? rows : null;

    private IValueNode? Given(FieldNode node, IOutputField field, string argument)
    {
        var value = node.Arguments.FirstOrDefault(given => given.Name.Value == argument)?.Value;
        if (value is VariableNode variable)
            value = variables.TryGetVariable(variable.Name.Value, out IValueNode? given) ? given : null;
        if (value is null && field.Arguments.TryGetField(argument, out var definition))
            value = definition.DefaultValue;
        return value;
    }

    private bool IsLeftOut(ISelectionNode selection) => selection.Directives.Any(directive => directive.Name.Value switch
    {
        "skip" => IsTrue(directive),
        "include" => !IsTrue(directive),
        _ => false,
    });

    private bool IsTrue(DirectiveNode directive) => directive.Arguments.FirstOrDefault(argument => argument.Name.Value == "if")?.Value switch
    {
        VariableNode variable => variables.TryGetVariable(variable.Name.Value, out BooleanValueNode? given) && given!.Value,
        BooleanValueNode literal => literal.Value,
        _ => false,
    };

    private FragmentDefinitionNode? FragmentOf(FragmentSpreadNode spread) =>
        document.Definitions.OfType<FragmentDefinitionNode>().FirstOrDefault(fragment => fragment.Name.Value == spread.Name.Value);

    private INamedType? TypeOf(NamedTypeNode? name) => name is not null && schema.TryGetType<INamedType>(name.Name.Value, out var type) ? type : null;
}
