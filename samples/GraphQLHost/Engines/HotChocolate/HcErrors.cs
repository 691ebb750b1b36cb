using HotChocolate;
using HotChocolate.Execution;
using HotChocolate.Resolvers;
using HotChocolate.Types;

namespace GraphQLHost.Engines.HotChocolate;

/// <summary>Gives HotChocolate's own errors our codes, and shows nothing of any exception behind them.</summary>
internal static class HcErrors
{
    private const string Ours = "GraphQLHost.Error";

    /// <summary>An error with a code of ours on its way through HotChocolate.</summary>
    public static IError ToError(GraphQLError error) => ErrorBuilder.New().SetMessage(error.Message).SetExtension(Ours, error).Build();

    /// <summary>The same, of a field.</summary>
    public static IError ToError(GraphQLError error, IResolverContext field) => ErrorBuilder.New()
        .SetMessage(error.Message).SetPath(field.Path).AddLocation(field.Selection.SyntaxNode).SetExtension(Ours, error).Build();

    public static GraphQLOutcome OutcomeOf(IOperationResult result) =>
        result.IsDataSet ? GraphQLOutcome.Executed
        : IsInvalid(result) || result.Errors?.All(IsOfVariable) == true ? GraphQLOutcome.InvalidRequest
        : GraphQLOutcome.Failed;

    /// <param name="result">HotChocolate's.</param>
    /// <param name="outcome">What <see cref="OutcomeOf"/> said of it.</param>
    /// <param name="limits">How many errors of a request that did not run are told; fields that failed are all told.</param>
    /// <param name="requestId">Stands in every error.</param>
    /// <param name="unexpected">Logs what is the server's fault, and says what the client may know of it.</param>
    public static IOperationResult Translate(
        IOperationResult result, GraphQLOutcome outcome, GraphQLLimits limits, string requestId, Func<Exception, GraphQLError> unexpected)
    {
        if (result.Errors is not { Count: > 0 } errors)
            return result;
        var translated = OperationResultBuilder.New();
        if (result.IsDataSet)
            translated.SetData(result.Data);
        foreach (var error in errors.Take(outcome == GraphQLOutcome.Executed ? int.MaxValue : limits.MaxValidationErrors))
        {
            translated.AddError(Translate(error, error.Extensions?.GetValueOrDefault(Ours) as GraphQLError ?? (
                outcome != GraphQLOutcome.InvalidRequest ? unexpected(error.Exception ?? new InvalidOperationException(error.Message))
                : new(IsInvalid(result) ? HostErrorCodes.ValidationFailed : HostErrorCodes.InvalidVariables, error.Message)), requestId));
        }

        return translated.Build();
    }

    private static IError Translate(IError error, GraphQLError known, string requestId)
    {
        var builder = ErrorBuilder.New().SetMessage(known.Message);
        if (error.Path is { } path)
            builder.SetPath(path);
        foreach (var location in error.Locations ?? [])
            builder.AddLocation(location);
        foreach (var (name, value) in GraphQLErrorJson.Extensions(known, requestId))
            builder.SetExtension(name, value);
        return builder.Build();
    }

    private static bool IsInvalid(IOperationResult result) => result.ContextData?.ContainsKey(WellKnownContextData.ValidationErrors) == true;

    // Between validation and execution there are only the variables; what fails there otherwise carries an exception.
    private static bool IsOfVariable(IError error) => error.Exception is null or SerializationException
        && error.Code is not (ErrorCodes.Execution.TaskProcessingError or ErrorCodes.Execution.CannotCreateRootValue or ErrorCodes.Execution.Canceled or ErrorCodes.Execution.Timeout);
}
