using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;

namespace GraphQLHost.Engines.GraphQLNet;

/// <summary>An error with a code of ours on its way through GraphQL.NET, which adds location and path.</summary>
internal sealed class TableError(GraphQLError error) : ExecutionError(error.Message)
{
    public GraphQLError Error { get; } = error;
}

/// <summary>Gives GraphQL.NET's own errors our codes, and shows nothing of any exception behind them.</summary>
internal sealed class NetErrorInfo : IErrorInfoProvider
{
    /// <summary>Where an error carries the id of its request; the serializer knows no request.</summary>
    public const string RequestId = "GraphQLHost.RequestId";

    public ErrorInfo GetInfo(ExecutionError executionError)
    {
        var error = Describe(executionError);
        return new() { Message = error.Message, Extensions = GraphQLErrorJson.Extensions(error, executionError.Data[RequestId] as string ?? "") };
    }

    public static GraphQLError Describe(ExecutionError error) => error switch
    {
        TableError ours => ours.Error,
        InvalidVariableError => new(HostErrorCodes.InvalidVariables, error.Message),
        ValidationError { Code: HostErrorCodes.QueryTooComplex } => new(HostErrorCodes.QueryTooComplex, error.Message),
        ValidationError => new(HostErrorCodes.ValidationFailed, error.Message),
        RequestError or DocumentError => new(HostErrorCodes.UnknownOperation, error.Message),
        _ => new(HostErrorCodes.Internal, "Something failed on the server."),
    };
}
