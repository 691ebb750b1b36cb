using System.Text.Json;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;

namespace GraphQLHost.Engines.GraphQLNet;

/// <summary>The engine on GraphQL.NET. Everything it knows of bags is the table.</summary>
internal sealed class GraphQLNetEngine : IGraphQLEngine
{
    private readonly Schema _schema;
    private readonly GraphQLLimits _limits;
    private readonly ErrorTranslator _errors;
    private readonly DocumentCache<NetDocument> _documents;
    private readonly DocumentExecuter _executer;
    private readonly IValidationRule[] _rulesOfEachRequest;
    private readonly IValidationRule[] _rulesOfNewDocuments;
    private readonly ResultWriter _writer = new();

    /// <exception cref="InvalidOperationException">The schema and the table disagree.</exception>
    public GraphQLNetEngine(string sdl, ResolverTable table, GraphQLLimits limits, ErrorTranslator errors)
    {
        (_limits, _errors) = (limits, errors);
        _schema = TableSchemaBuilder.Build(sdl, table);
        _documents = new(limits.CachedDocuments);
        _executer = new(new GraphQLDocumentBuilder(), new DocumentValidator(), new StrategySelector(), []);
        // Cost depends on variables, so it is the one rule that a cached document must pass again.
        _rulesOfEachRequest = [new CostRule(limits)];
        _rulesOfNewDocuments = [.. DocumentValidator.CoreRules, .. _rulesOfEachRequest];
    }

    public string Name { get; } = $"GraphQL.NET {typeof(Schema).Assembly.GetName().Version?.ToString(3)}";

    public async ValueTask<GraphQLResult> ExecuteAsync(GraphQLRequest request, RequestContext context)
    {
        var isCached = _documents.TryGet(request.Query, out var document);
        if (document is null && !DocumentReader.TryRead(request.Query, _limits, out document, out var error))
            return new NetResult(GraphQLOutcome.InvalidRequest, new ExecutionResult(error), _writer);
        if (document.Facts.Refuse(request, context, _limits) is { } refusal)
            return refusal;
        if (!TryReadVariables(request.Variables, out var variables))
            return new ErrorResult(GraphQLOutcome.InvalidRequest, new(HostErrorCodes.InvalidVariables, "The variables hold text that is not valid Unicode."));

        var result = await _executer.ExecuteAsync(new ExecutionOptions
        {
            Schema = _schema,
            Document = document.Node,
            OperationName = request.OperationName,
            Variables = variables,
            UserContext = new NetContext(context),
            RequestServices = context.Services,
            CancellationToken = context.CancellationToken,
            ValidationRules = isCached ? _rulesOfEachRequest : _rulesOfNewDocuments,
            UnhandledExceptionDelegate = Translate,
        });
        if (result.Executed && !isCached && request.Query.Length <= _limits.CachedDocumentLength)
            _documents.Add(request.Query, document);
        if (!result.Executed && result.Errors is { } errors && errors.Count > _limits.MaxValidationErrors)
            result.Errors = [.. errors.Take(_limits.MaxValidationErrors)];
        return new NetResult(OutcomeOf(result), result, _writer);
    }

    private Task Translate(UnhandledExceptionContext failure)
    {
        var context = ((NetContext)failure.ExecutionOptions.UserContext).Request;
        failure.Exception = new TableError(_errors.Translate(failure.OriginalException, context));
        return Task.CompletedTask;
    }

    // Without data, only an exception that passed through Translate is the server's fault.
    private static GraphQLOutcome OutcomeOf(ExecutionResult result) =>
        result.Executed ? GraphQLOutcome.Executed
        : result.Errors?.Any(error => error is TableError { Error.Code: HostErrorCodes.Internal }) == true ? GraphQLOutcome.Failed
        : GraphQLOutcome.InvalidRequest;

    private bool TryReadVariables(JsonElement json, out Inputs? variables)
    {
        variables = null;
        if (json.ValueKind != JsonValueKind.Object)
            return true;
        try
        {
            variables = _writer.ReadNode<Inputs>(json);
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or JsonException)
        {
            // A lone surrogate written as an escape is valid JSON and no valid text.
            return false;
        }
    }
}
