using System.Buffers;
using System.Text.Json;

namespace GraphQLHost.Engines;

/// <summary>Parses, validates and executes one request. Everything about HTTP lies above it, everything about bags in the table below it.</summary>
internal interface IGraphQLEngine
{
    /// <summary>Name of the library, for the line the host prints when it starts.</summary>
    string Name { get; }

    /// <exception cref="OperationCanceledException"><see cref="RequestContext.CancellationToken"/> was cancelled.</exception>
    ValueTask<GraphQLResult> ExecuteAsync(GraphQLRequest request, RequestContext context);
}

/// <param name="Query">The document.</param>
/// <param name="OperationName">Which of the document's operations; null when it holds one.</param>
/// <param name="Variables">A JSON object, or undefined. Each engine reads it into values of its own.</param>
/// <param name="AllowMutations">False for GET: a mutation is then refused before anything runs.</param>
internal sealed record GraphQLRequest(string Query, string? OperationName, JsonElement Variables, bool AllowMutations);

internal enum GraphQLOutcome
{
    /// <summary>The operation ran; single fields may have failed.</summary>
    Executed,

    /// <summary>The document, the operation's name or the variables are not valid; nothing ran.</summary>
    InvalidRequest,

    /// <summary>A mutation where only queries are allowed; nothing ran.</summary>
    MutationRefused,

    /// <summary>The engine itself failed; there is no data.</summary>
    Failed,
}

internal abstract class GraphQLResult(GraphQLOutcome outcome)
{
    /// <summary>Known before a byte is written, since the status line goes first.</summary>
    public GraphQLOutcome Outcome { get; } = outcome;

    /// <summary>The codes of all errors, as often as they stand in the answer.</summary>
    public abstract IEnumerable<string> ErrorCodes { get; }

    /// <param name="output">Where to.</param>
    /// <param name="requestId">Stands in every error.</param>
    public abstract void WriteTo(IBufferWriter<byte> output, string requestId);
}

/// <summary>A result without data, made outside any engine.</summary>
internal sealed class ErrorResult(GraphQLOutcome outcome, GraphQLError error) : GraphQLResult(outcome)
{
    public override IEnumerable<string> ErrorCodes => [error.Code];

    public override void WriteTo(IBufferWriter<byte> output, string requestId) => GraphQLErrorJson.Write(output, error, requestId);
}
