using HotChocolate.Language;

namespace GraphQLHost.Engines.HotChocolate;

internal static class HcOutline
{
    public static DocumentOutline Of(DocumentNode document)
    {
        var operations = document.Definitions.OfType<OperationDefinitionNode>().ToList();
        var fragments = new Dictionary<string, IReadOnlyList<SelectionOutline>>(StringComparer.Ordinal);
        foreach (var fragment in document.Definitions.OfType<FragmentDefinitionNode>())
            fragments.TryAdd(fragment.Name.Value, Of(fragment.SelectionSet));
        return new(
            document.Definitions.Count,
            operations.Sum(operation => operation.VariableDefinitions.Count),
            [.. operations.Select(operation => Of(operation.SelectionSet))],
            fragments);
    }

    private static IReadOnlyList<SelectionOutline> Of(SelectionSetNode? set) => set is null ? [] : [.. set.Selections.Select(Of)];

    private static SelectionOutline Of(ISelectionNode selection) => selection switch
    {
        FieldNode field => new(SelectionKind.Field, field.Name.Value, field.Directives.Count, Of(field.SelectionSet)),
        FragmentSpreadNode spread => new(SelectionKind.Spread, spread.Name.Value, spread.Directives.Count, []),
        InlineFragmentNode inline => new(SelectionKind.Inline, "", inline.Directives.Count, Of(inline.SelectionSet)),
        _ => throw new NotSupportedException($"{selection.GetType().Name} is no selection."),
    };
}
