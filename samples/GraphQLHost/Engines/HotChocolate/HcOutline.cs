using HotChocolate.Language;

namespace GraphQLHost.Engines.HotChocolate;

/// <summary>Reads the outline of a document that HotChocolate has parsed.</summary>
internal sealed class HcOutline
{
    private bool _hasEmptySelection;

    public static DocumentOutline Of(DocumentNode document) => new HcOutline().Read(document);

    private DocumentOutline Read(DocumentNode document)
    {
        var operations = document.Definitions.OfType<OperationDefinitionNode>().ToList();
        var outlines = operations.ConvertAll(operation => new OperationOutline(KindOf(operation.Operation), operation.Name?.Value, Read(operation.SelectionSet)));
        var fragments = new Dictionary<string, IReadOnlyList<SelectionOutline>>(StringComparer.Ordinal);
        foreach (var fragment in document.Definitions.OfType<FragmentDefinitionNode>())
            fragments.TryAdd(fragment.Name.Value, Read(fragment.SelectionSet));
        return new(
            document.Definitions.Count,
            HasTypes: document.Definitions.Any(definition => definition is not IExecutableDefinitionNode),
            _hasEmptySelection,
            operations.Sum(operation => operation.VariableDefinitions.Count),
            outlines,
            fragments);
    }

    private static OperationKind KindOf(OperationType type) => type switch
    {
        OperationType.Mutation => OperationKind.Mutation,
        OperationType.Subscription => OperationKind.Subscription,
        _ => OperationKind.Query,
    };

    private IReadOnlyList<SelectionOutline> Read(SelectionSetNode? set)
    {
        _hasEmptySelection |= set is { Selections.Count: 0 };
        return set is null ? [] : [.. set.Selections.Select(Read)];
    }

    private SelectionOutline Read(ISelectionNode selection) => selection switch
    {
        FieldNode field => new(SelectionKind.Field, field.Name.Value, field.Directives.Count, Read(field.SelectionSet)),
        FragmentSpreadNode spread => new(SelectionKind.Spread, spread.Name.Value, spread.Directives.Count, []),
        InlineFragmentNode inline => new(SelectionKind.Inline, "", inline.Directives.Count, Read(inline.SelectionSet)),
        _ => throw new NotSupportedException($"{selection.GetType().Name} is no selection."),
    };
}
