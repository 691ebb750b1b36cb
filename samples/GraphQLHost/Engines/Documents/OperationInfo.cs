namespace GraphQLHost.Engines;

internal enum OperationKind
{
    /// <summary>No operation, or none was found.</summary>
    None,
    Query,
    Mutation,
    Subscription,
}

/// <summary>What may be told of an operation in logs and traces.</summary>
/// <param name="Kind">Query, mutation or subscription.</param>
/// <param name="Name">The client's name for it, cut to a length; null without one.</param>
/// <param name="Title">The name, or what it asks for.</param>
internal sealed record OperationInfo(OperationKind Kind, string? Name, string Title)
{
    private const int LongestName = 64;
    private const int MostFields = 3;

    public static readonly OperationInfo Unknown = new(OperationKind.None, null, "(none)");

    public static OperationInfo Of(OperationOutline operation)
    {
        var name = operation.Name is { } given ? Cut(given) : null;
        return new(operation.Kind, name, name ?? Fields(operation.Selections));
    }

    private static string Fields(IReadOnlyList<SelectionOutline> selections)
    {
        var names = selections.Where(selection => selection.Kind == SelectionKind.Field).Select(field => Cut(field.Name)).Take(MostFields);
        return $"{{ {string.Join(' ', names)}{(selections.Count > MostFields ? " …" : "")} }}";
    }

    // GraphQL's names are letters, digits and _, so a log's line stays one.
    private static string Cut(string name) => name.Length <= LongestName ? name : name[..LongestName] + "…";
}
