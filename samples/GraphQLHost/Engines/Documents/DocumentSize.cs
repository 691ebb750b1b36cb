namespace GraphQLHost.Engines;

/// <summary>
/// Measures a document with its fragments spread. Each fragment is measured once, so that fragments which spread each other
/// twice, thirty levels down, take no longer than they are long.
/// </summary>
internal sealed class DocumentSize(DocumentOutline document)
{
    /// <summary>How often <c>fields</c> and the like may lie within each other: each multiplies the answer by the size of the schema.</summary>
    private const int MaxIntrospectionLists = 3;

    private readonly Dictionary<string, Size?> _fragments = new(StringComparer.Ordinal);

    private readonly record struct Size(long Fields, int Depth, int IntrospectionDepth, int Lists, int IntrospectionLists)
    {
        public Size Beside(Size other) => new(
            Math.Min(Fields + other.Fields, int.MaxValue), Math.Max(Depth, other.Depth), Math.Max(IntrospectionDepth, other.IntrospectionDepth),
            Math.Max(Lists, other.Lists), Math.Max(IntrospectionLists, other.IntrospectionLists));
    }

    /// <summary>Measured before validation, some of whose rules take far longer on hostile documents than parsing.</summary>
    /// <returns>Null when the document keeps to the limits.</returns>
    public static GraphQLError? Check(DocumentOutline document, GraphQLLimits limits)
    {
        if (document.Definitions == 0)
            return new(HostErrorCodes.SyntaxError, "The document is empty.");
        if (document.Definitions > limits.MaxDefinitions)
            return new(HostErrorCodes.QueryTooComplex, $"A document holds at most {limits.MaxDefinitions} operations and fragments.");
        var size = new DocumentSize(document).OfOperations();
        if (size.Fields > limits.MaxFields)
            return new(HostErrorCodes.QueryTooComplex, $"A document holds at most {limits.MaxFields} fields, directives and variables, those of spread fragments counted each time.");
        if (size.Depth > limits.MaxDepth)
            return TooDeep(limits);
        return size.IntrospectionDepth > limits.MaxIntrospectionDepth || size.IntrospectionLists > MaxIntrospectionLists
            ? new(HostErrorCodes.QueryTooDeep, "The introspection goes too deep.")
            : null;
    }

    public static GraphQLError TooDeep(GraphQLLimits limits) =>
        new(HostErrorCodes.QueryTooDeep, $"Fields may be nested at most {limits.MaxDepth} deep.");

    private Size OfOperations() =>
        document.Operations.Aggregate(Flat(document.Variables), (sum, operation) => sum.Beside(Of(operation)));

    private Size Of(IReadOnlyList<SelectionOutline> selections) =>
        selections.Aggregate(default(Size), (sum, selection) => sum.Beside(selection.Kind switch
        {
            SelectionKind.Field => OfField(selection),
            SelectionKind.Inline => Of(selection.Selections),
            _ => OfFragment(selection.Name),
        }).Beside(Flat(selection.Directives)));

    // Directives and variables add nothing to the answer, but validation compares each with all others.
    private static Size Flat(int count) => new(count, 0, 0, 0, 0);

    private Size OfField(SelectionOutline field)
    {
        var below = Of(field.Selections);
        if (field.Name is "__schema" or "__type")
            return new(below.Fields + 1, 1, below.Depth + 1, 0, below.Lists);
        var isList = field.Name is "fields" or "inputFields" or "interfaces" or "possibleTypes";
        return below with { Fields = below.Fields + 1, Depth = below.Depth + 1, Lists = below.Lists + (isList ? 1 : 0) };
    }

    private Size OfFragment(string name)
    {
        if (_fragments.TryGetValue(name, out var known))
            return known ?? default; // Null while it is being measured: a cycle, which validation reports.
        _fragments[name] = null;
        var size = document.Fragments.TryGetValue(name, out var selections) ? Of(selections) : default;
        _fragments[name] = size;
        return size;
    }
}
