using HotChocolate.Execution;
using HotChocolate.Execution.Configuration;
using RequestDelegate = HotChocolate.Execution.RequestDelegate;

namespace GraphQLHost.Engines.HotChocolate;

/// <summary>HotChocolate's usual way of a request, with two steps of ours; without its time limit, which is the host's business.</summary>
internal static class HcPipeline
{
    public static IRequestExecutorBuilder UseHostPipeline(this IRequestExecutorBuilder builder, GraphQLLimits limits) => builder
        .UseInstrumentation()
        .UseExceptions()
        .UseDocumentCache()
        .UseDocumentParser()
        .UseDocumentValidation()
        .UseOperationCache()
        .UseRequest(KeepOnlyWhatRan)
        .UseOperationResolver()
        .UseOperationVariableCoercion()
        .UseRequest(next => context => CheckAsync(context, next, limits))
        .UseOperationExecution();

    /// <summary>HotChocolate would keep every valid document, however long: enough of those fill the memory.</summary>
    private static RequestDelegate KeepOnlyWhatRan(RequestDelegate next) => async context =>
    {
        await next(context);
        if (context.ContextData.ContainsKey(HcContext.KeepNothing) || context.Result is not (IResponseStream or IOperationResult { IsDataSet: true }))
            context.DocumentId = null;
    };

    // Here, because only now the document is known to be valid and its variables are known to fit.
    private static ValueTask CheckAsync(IRequestContext context, RequestDelegate next, GraphQLLimits limits)
    {
        var cost = new HcCost(context.Schema, limits, context.Document!, context.Variables![0]);
        if (cost.Check(context.Operation!.Definition) is not { } error)
            return next(context);
        context.Result = OperationResultBuilder.CreateError(HcErrors.ToError(error));
        return ValueTask.CompletedTask;
    }
}
