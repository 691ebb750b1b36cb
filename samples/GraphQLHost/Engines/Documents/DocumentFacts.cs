using TraceTrack.Users;

namespace GraphQLHost.Engines;

/// <summary>What the host wants to know of a document each time it runs. Found once, and kept with the document.</summary>
internal sealed class DocumentFacts
{
    private readonly (string? Name, OperationInfo Info)[] _operations;
    private readonly bool _asksForSchema;

    /// <param name="document">One that <see cref="DocumentSize"/> let pass, so that it is not deep.</param>
    public DocumentFacts(DocumentOutline document)
    {
        _operations = [.. document.Operations.Select(operation => (operation.Name, OperationInfo.Of(operation)))];
        _asksForSchema = document.Operations.Any(operation => AsksForSchema(operation.Selections)) || document.Fragments.Values.Any(AsksForSchema);
    }

    /// <summary>
    /// Tells the context which operation runs, and refuses those that may not. Where the name fits no operation or several, nothing is said: the
    /// engine does.
    /// </summary>
    public GraphQLResult? Refuse(GraphQLRequest request, RequestContext context, GraphQLLimits limits)
    {
        var found = _operations.Where(operation => request.OperationName is null || operation.Name == request.OperationName).Take(2).ToArray();
        if (found is not [var (_, operation)])
            return null;
        context.Operation = operation;
        if (operation.Kind == OperationKind.Subscription && context.Stream is null)
            return new ErrorResult(GraphQLOutcome.InvalidRequest, new(HostErrorCodes.NotAcceptable, "A subscription is answered by a stream. Send it with Accept: text/event-stream."));
        if (operation.Kind == OperationKind.Mutation && !request.AllowMutations)
            return new ErrorResult(GraphQLOutcome.MutationRefused, new(HostErrorCodes.MethodNotAllowed, "Send mutations by POST."));
        return !_asksForSchema || limits.Introspection == IntrospectionAccess.Everybody || (context.Actor is { } actor && AccessRules.MayAdminister(actor))
            ? null
            : new ErrorResult(GraphQLOutcome.InvalidRequest, new(HostErrorCodes.IntrospectionNotAllowed, "Only admins may ask this server for its schema."));
    }

    private static bool AsksForSchema(IReadOnlyList<SelectionOutline> selections) => selections.Any(selection =>
        (selection.Kind == SelectionKind.Field && selection.Name is "__schema" or "__type") || AsksForSchema(selection.Selections));
}
