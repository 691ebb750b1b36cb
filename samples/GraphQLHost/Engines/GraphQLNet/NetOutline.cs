using GraphQLParser.AST;

namespace GraphQLHost.Engines.GraphQLNet;

internal static class NetOutline
{
    public static DocumentOutline Of(GraphQLDocument document)
    {
        var operations = document.Definitions.OfType<GraphQLOperationDefinition>().ToList();
        var fragments = new Dictionary<string, IReadOnlyList<SelectionOutline>>(StringComparer.Ordinal);
        foreach (var fragment in document.Definitions.OfType<GraphQLFragmentDefinition>())
            fragments.TryAdd(fragment.FragmentName.Name.StringValue, Of(fragment.SelectionSet));
        return new(
            document.Definitions.Count,
            HasTypes: document.Definitions.Any(definition => definition is not (GraphQLOperationDefinition or GraphQLFragmentDefinition)),
            HasEmptySelection: false,
            operations.Sum(operation => operation.Variables?.Count ?? 0),
            [.. operations.Select(operation => new OperationOutline(KindOf(operation.Operation), operation.Name?.StringValue, Of(operation.SelectionSet)))],
            fragments);
    }

    private static OperationKind KindOf(OperationType type) => type switch
    {
        OperationType.Mutation => OperationKind.Mutation,
        OperationType.Subscription => OperationKind.Subscription,
        _ => OperationKind.Query,
    };

    private static IReadOnlyList<SelectionOutline> Of(GraphQLSelectionSet? set) => set is null ? [] : [.. set.Selections.Select(Of)];

    private static SelectionOutline Of(ASTNode selection)
    {
        var directives = (selection as IHasDirectivesNode)?.Directives?.Count ?? 0;
        return selection switch
        {
            GraphQLField field => new(SelectionKind.Field, field.Name.StringValue, directives, Of(field.SelectionSet)),
            GraphQLFragmentSpread spread => new(SelectionKind.Spread, spread.FragmentName.Name.StringValue, directives, []),
            GraphQLInlineFragment inline => new(SelectionKind.Inline, "", directives, Of(inline.SelectionSet)),
            _ => throw new NotSupportedException($"{selection.GetType().Name} is no selection."),
        };
    }
}
