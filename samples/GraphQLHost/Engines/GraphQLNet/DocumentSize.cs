using GraphQLParser.AST;

namespace GraphQLHost.Engines.GraphQLNet;

/// <summary>
/// Measures a document with its fragments spread. Each fragment is measured once, so that fragments which spread each other
/// twice, thirty levels down, take no longer than they are long.
/// </summary>
internal sealed class DocumentSize(GraphQLDocument document)
{
    /// <summary>How often <c>fields</c> and the like may lie within each other: each multiplies the answer by the size of the schema.</summary>
    public const int MaxIntrospectionLists = 3;

    private readonly Dictionary<string, Size?> _fragments = new(StringComparer.Ordinal);

    public readonly record struct Size(long Fields, int Depth, int IntrospectionDepth, int Lists, int IntrospectionLists)
    {
        public Size Beside(Size other) => new(
            Math.Min(Fields + other.Fields, int.MaxValue), Math.Max(Depth, other.Depth), Math.Max(IntrospectionDepth, other.IntrospectionDepth),
            Math.Max(Lists, other.Lists), Math.Max(IntrospectionLists, other.IntrospectionLists));
    }

    public Size OfOperations() =>
        document.Definitions.OfType<GraphQLOperationDefinition>().Aggregate(default(Size), (sum, operation) =>
            sum.Beside(Of(operation.SelectionSet)).Beside(Flat(operation.Variables?.Count)));

    private Size Of(GraphQLSelectionSet? set) =>
        set is null ? default : set.Selections.Aggregate(default(Size), (sum, selection) => sum.Beside(selection switch
        {
            GraphQLField field => Of(field),
            GraphQLInlineFragment inline => Of(inline.SelectionSet),
            GraphQLFragmentSpread spread => OfFragment(spread.FragmentName.Name.StringValue),
            _ => default,
        }).Beside(Flat((selection as IHasDirectivesNode)?.Directives?.Count)));

    // Directives and variables add nothing to the answer, but validation compares each with all others.
    private static Size Flat(int? count) => new(count ?? 0, 0, 0, 0, 0);

    private Size Of(GraphQLField field)
    {
        var below = Of(field.SelectionSet);
        if (field.Name.Value.Span is "__schema" or "__type")
            return new(below.Fields + 1, 1, below.Depth + 1, 0, below.Lists);
        var isList = field.Name.Value.Span is "fields" or "inputFields" or "interfaces" or "possibleTypes";
        return below with { Fields = below.Fields + 1, Depth = below.Depth + 1, Lists = below.Lists + (isList ? 1 : 0) };
    }

    private Size OfFragment(string name)
    {
        if (_fragments.TryGetValue(name, out var known))
            return known ?? default; // Null while it is being measured: a cycle, which validation reports.
        _fragments[name] = null;
        var fragment = document.Definitions.OfType<GraphQLFragmentDefinition>().FirstOrDefault(definition => definition.FragmentName.Name.Value == name);
        var size = Of(fragment?.SelectionSet);
        _fragments[name] = size;
        return size;
    }
}
