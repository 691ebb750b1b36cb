using System.Buffers;
using HotChocolate.Execution;
using HotChocolate.Execution.Serialization;

namespace GraphQLHost.Engines.HotChocolate;

/// <summary>HotChocolate's result, written by its own formatter.</summary>
internal sealed class HcResult(GraphQLOutcome outcome, IOperationResult result) : GraphQLResult(outcome)
{
    private static readonly JsonResultFormatter Formatter = new(new JsonResultFormatterOptions { Encoder = GraphQLErrorJson.Encoder });

    public override IEnumerable<string> ErrorCodes => result.Errors?.Select(error => error.Extensions?.GetValueOrDefault("code") as string ?? HostErrorCodes.Internal) ?? [];

    // The request's id is in the errors already.
    public override void WriteTo(IBufferWriter<byte> output, string requestId) => Formatter.Format(result, output);
}

/// <summary>Of a subscription that has begun; nobody is told it.</summary>
internal sealed class HcBegun() : GraphQLResult(GraphQLOutcome.Executed)
{
    public override IEnumerable<string> ErrorCodes => [];

    public override void WriteTo(IBufferWriter<byte> output, string requestId) => throw new NotSupportedException();
}
