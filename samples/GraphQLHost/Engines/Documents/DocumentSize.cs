namespace GraphQLHost.Engines;

/// <summary>
/// Measures a document with its fragments spread. Each fragment is measured once, so that fragments which spread each other
/// twice, thirty levels down, take no longer than they are long. Whatever walks a document that passed, spreading fragments as it goes,
/// takes no more than <see cref="GraphQLLimits.MaxFields"/> steps and <see cref="MaxNesting"/> calls within each other.
/// </summary>
internal sealed class DocumentSize(DocumentOutline document)
{
    /// <summary>How often <c>fields</c> and the like may lie within each other: each multiplies the answer by the size of the schema.</summary>
    private const int MaxIntrospectionLists = 3;

    /// <summary>
    /// Levels of selections, fragments among them. Parsers see only what is within one fragment; validation follows them from one to the next,
    /// calling itself, and a stack that overflows ends the process.
    /// </summary>
    private const int MaxNesting = 64;

    private readonly Dictionary<string, Size?> _fragments = new(StringComparer.Ordinal);
    private int _level;
    private bool _isTooDeep;
    private string? _circle;

    private readonly record struct Size(long Fields, int Levels, int Depth, int IntrospectionDepth, int Lists, int IntrospectionLists)
    {
        public Size Beside(Size other) => new(
            Math.Min(Fields + other.Fields, int.MaxValue), Math.Max(Levels, other.Levels), Math.Max(Depth, other.Depth),
            Math.Max(IntrospectionDepth, other.IntrospectionDepth), Math.Max(Lists, other.Lists), Math.Max(IntrospectionLists, other.IntrospectionLists));
    }

    /// <summary>Measured before validation, some of whose rules take far longer on hostile documents than parsing.</summary>
    /// <returns>Null when the document keeps to the limits.</returns>
    public static GraphQLError? Check(DocumentOutline document, GraphQLLimits limits)
    {
        if (document.Definitions == 0)
            return new(HostErrorCodes.SyntaxError, "The document is empty.");
        if (document.HasEmptySelection)
            return new(HostErrorCodes.SyntaxError, "A selection names at least one field.");
        if (document.Definitions > limits.MaxDefinitions)
            return new(HostErrorCodes.QueryTooComplex, $"A document holds at most {limits.MaxDefinitions} operations and fragments.");
        if (document.HasTypes)
            return new(HostErrorCodes.ValidationFailed, "A document holds operations and fragments, and nothing else.");
        return new DocumentSize(document).Check(limits);
    }

    public static GraphQLError TooDeep(GraphQLLimits limits) =>
        new(HostErrorCodes.QueryTooDeep, $"Fields may be nested at most {limits.MaxDepth} deep.");

    private GraphQLError? Check(GraphQLLimits limits)
    {
        var size = OfOperations();
        // Also those that no operation spreads: validation walks them all the same.
        var levels = Math.Max(size.Levels, document.Fragments.Keys.Select(OfFragment).Aggregate(0, (most, fragment) => Math.Max(most, fragment.Levels)));
        if (_circle is not null)
            return new(HostErrorCodes.ValidationFailed, $"The fragment {_circle} spreads itself, or one that leads back to it.");
        if (size.Fields > limits.MaxFields)
            return new(HostErrorCodes.QueryTooComplex, $"A document holds at most {limits.MaxFields} fields, fragments, directives and variables, those of spread fragments counted each time.");
        if (size.Depth > limits.MaxDepth)
            return TooDeep(limits);
        if (_isTooDeep || levels > MaxNesting)
            return new(HostErrorCodes.QueryTooDeep, $"Fields and fragments may be nested at most {MaxNesting} deep.");
        return size.IntrospectionDepth > limits.MaxIntrospectionDepth || size.IntrospectionLists > MaxIntrospectionLists
            ? new(HostErrorCodes.QueryTooDeep, "The introspection goes too deep.")
            : null;
    }

    private Size OfOperations() =>
        document.Operations.Aggregate(Flat(document.Variables), (sum, operation) => sum.Beside(Of(operation.Selections)));

    private Size Of(IReadOnlyList<SelectionOutline> selections)
    {
        // Measuring follows fragments too.
        _isTooDeep |= _level >= MaxNesting;
        if (_isTooDeep || selections.Count == 0)
            return default;
        _level++;
        var size = selections.Aggregate(default(Size), (sum, selection) => sum.Beside(Of(selection)).Beside(Flat(selection.Directives)));
        _level--;
        return size with { Levels = size.Levels + 1 };
    }

    private Size Of(SelectionOutline selection) => selection.Kind switch
    {
        SelectionKind.Field => OfField(selection),
        SelectionKind.Inline => Of(selection.Selections).Beside(Flat(1)),
        _ => OfFragment(selection.Name).Beside(Flat(1)),
    };

    // Directives, variables and fragments add nothing to the answer, but validation compares each with all others.
    private static Size Flat(int count) => new(count, 0, 0, 0, 0, 0);

    private Size OfField(SelectionOutline field)
    {
        var below = Of(field.Selections);
        if (field.Name is "__schema" or "__type")
            return new(below.Fields + 1, below.Levels, 1, below.Depth + 1, 0, below.Lists);
        var isList = field.Name is "fields" or "inputFields" or "interfaces" or "possibleTypes";
        return below with { Fields = below.Fields + 1, Depth = below.Depth + 1, Lists = below.Lists + (isList ? 1 : 0) };
    }

    private Size OfFragment(string name)
    {
        if (_fragments.TryGetValue(name, out var known))
        {
            // Null while it is being measured.
            _circle ??= known is null ? name : null;
            return known ?? default;
        }

        _fragments[name] = null;
        var size = document.Fragments.TryGetValue(name, out var selections) ? Of(selections) : default;
        _fragments[name] = size;
        return size;
    }
}
