using HotChocolate.Execution;
using HotChocolate.Fetching;
using HotChocolate.Language;

namespace GraphQLHost.Engines.HotChocolate;

/// <summary>The engine on HotChocolate. Everything it knows of bags is the table; HTTP is the host's, the same for both engines.</summary>
internal sealed class HotChocolateEngine : IGraphQLEngine, IDisposable
{
    private readonly ServiceProvider _services;
    private readonly GraphQLLimits _limits;
    private readonly ErrorTranslator _errors;
    private readonly HcDocuments _documents;
    private readonly Lazy<Task<IRequestExecutor>> _executor;

    /// <exception cref="InvalidOperationException">The schema and the table disagree.</exception>
    public HotChocolateEngine(string sdl, ResolverTable table, GraphQLLimits limits, ErrorTranslator errors)
    {
        (_limits, _errors) = (limits, errors);
        _documents = new(limits);
        // Services of its own: HotChocolate's are many, and none is the host's business.
        var services = new ServiceCollection();
        services.AddDocumentCache(limits.CachedDocuments).AddOperationCache(limits.CachedDocuments);
        var builder = services.AddGraphQL()
            .ModifyOptions(options => options.StrictValidation = true)
            .ModifyRequestOptions(options => options.IncludeExceptionDetails = false)
            .SetMaxAllowedValidationErrors(limits.MaxValidationErrors)
            .AddDiagnosticEventListener<LevelListener>()
            .UseHostPipeline(limits);
        services.AddBatchDispatcher<LevelDispatcher>();
        HcSchema.Configure(builder, sdl, table, errors);
        _services = services.BuildServiceProvider();
        _executor = new(() => _services.GetRequiredService<IRequestExecutorResolver>().GetRequestExecutorAsync().AsTask());
    }

    public string Name { get; } = $"HotChocolate {typeof(IRequestExecutor).Assembly.GetName().Version?.ToString(3)}";

    public async ValueTask<GraphQLResult> ExecuteAsync(GraphQLRequest request, RequestContext context)
    {
        var executor = await _executor.Value.WaitAsync(context.CancellationToken);
        var document = _documents.Find(request.Query);
        if (document is null && _documents.TryRead(request.Query, out document) is { } unreadable)
            return new ErrorResult(GraphQLOutcome.InvalidRequest, unreadable);
        var operations = document!.Node.Definitions.OfType<OperationDefinitionNode>()
            .Where(operation => request.OperationName is null || operation.Name?.Value == request.OperationName).Take(2).ToList();
        if (operations.Count == 2 && request.OperationName is not null)
            return Refuse(HostErrorCodes.ValidationFailed, $"There are several operations named {request.OperationName}.");
        if (operations.Count != 1)
            return Refuse(HostErrorCodes.UnknownOperation, "The document has no such operation, or several and none is named.");
        if (document.Facts.Refuse(request, context, _limits) is { } refusal)
            return refusal;
        if (!HcVariables.TryRead(request.Variables, out var variables))
            return Refuse(HostErrorCodes.InvalidVariables, "The variables hold text that is not valid Unicode.");

        var result = await RunAsync(executor, request, document, variables, context);
        context.CancellationToken.ThrowIfCancellationRequested();
        if (result is null)
        {
            _documents.Keep(request.Query, document);
            return new HcBegun();
        }

        var outcome = HcErrors.OutcomeOf(result);
        if (outcome == GraphQLOutcome.Executed)
            _documents.Keep(request.Query, document);
        return new HcResult(outcome, HcErrors.Translate(result, outcome, _limits, context.RequestId, error => _errors.Translate(error, context)));
    }

    public void Dispose() => _services.Dispose();

    /// <returns>Null for a subscription that has begun.</returns>
    private async Task<IOperationResult?> RunAsync(
        IRequestExecutor executor, GraphQLRequest request, HcDocument document, Dictionary<string, object?> variables, RequestContext context)
    {
        await using var scope = _services.CreateAsyncScope();
        using var ofEvent = context.Event is null ? null : _services.CreateScope();
        var operation = OperationRequestBuilder.New()
            .SetDocument(document.Node)
            .SetDocumentHash(document.Id)
            .SetOperationName(request.OperationName)
            .SetVariableValues(variables)
            .SetServices(ofEvent is null ? scope.ServiceProvider : new EventServices(scope.ServiceProvider, ofEvent))
            .SetGlobalState(HcContext.Key, new HcContext(context, (LevelDispatcher)(ofEvent ?? scope).ServiceProvider.GetRequiredService<IBatchDispatcher>()));
        if (!_documents.IsWorthKeeping(request.Query))
            operation.SetGlobalState(HcContext.KeepNothing, true);
        var result = await executor.ExecuteAsync(operation.Build(), context.CancellationToken);
        if (result is not IResponseStream stream)
            return (IOperationResult)result;
        await using (stream)
        {
            if (context.Event is not null)
            {
                await foreach (var told in stream.ReadResultsAsync().WithCancellation(context.CancellationToken))
                    return told;
            }
        }

        return null;
    }

    private static ErrorResult Refuse(string code, string message) => new(GraphQLOutcome.InvalidRequest, new(code, message));
}
