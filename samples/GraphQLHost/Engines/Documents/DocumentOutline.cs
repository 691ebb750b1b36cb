namespace GraphQLHost.Engines;

internal enum SelectionKind
{
    Field,
    Inline,
    Spread,
}

/// <param name="Kind">Field, inline fragment or spread.</param>
/// <param name="Name">The field's or the fragment's name; empty for an inline fragment.</param>
/// <param name="Directives">How many directives it has.</param>
/// <param name="Selections">What is selected below it.</param>
internal readonly record struct SelectionOutline(SelectionKind Kind, string Name, int Directives, IReadOnlyList<SelectionOutline> Selections);

/// <summary>One operation.</summary>
/// <param name="Kind">Query, mutation or subscription.</param>
/// <param name="Name">Its name; null without one.</param>
/// <param name="Selections">What it selects.</param>
internal readonly record struct OperationOutline(OperationKind Kind, string? Name, IReadOnlyList<SelectionOutline> Selections);

/// <summary>What a document selects, whatever parser read it: so both engines measure documents with the same code.</summary>
/// <param name="Definitions">How many operations and fragments there are.</param>
/// <param name="HasTypes">Whether there is anything beside them.</param>
/// <param name="HasEmptySelection">Whether there is a <c>{}</c>, which only some parsers refuse.</param>
/// <param name="Variables">How many variables all operations have together.</param>
/// <param name="Operations">Each operation.</param>
/// <param name="Fragments">The selections of each fragment; of two with the same name, which validation reports, the first.</param>
internal sealed record DocumentOutline(
    int Definitions,
    bool HasTypes,
    bool HasEmptySelection,
    int Variables,
    IReadOnlyList<OperationOutline> Operations,
    IReadOnlyDictionary<string, IReadOnlyList<SelectionOutline>> Fragments);
