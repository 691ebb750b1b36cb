using System.Buffers;
using System.Text.Json;
using GraphQL;
using GraphQL.SystemTextJson;

namespace GraphQLHost.Engines.GraphQLNet;

/// <summary>GraphQL.NET's serializer, onto a buffer.</summary>
internal sealed class ResultWriter() : GraphQLSerializer(options => options.Encoder = GraphQLErrorJson.Encoder, new NetErrorInfo())
{
    public void Write(IBufferWriter<byte> output, ExecutionResult result)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = GraphQLErrorJson.Encoder });
        JsonSerializer.Serialize(json, result, SerializerOptions);
    }
}

internal sealed class NetResult(GraphQLOutcome outcome, ExecutionResult result, ResultWriter writer) : GraphQLResult(outcome)
{
    public override IEnumerable<string> ErrorCodes => result.Errors?.Select(error => NetErrorInfo.Describe(error).Code) ?? [];

    public override void WriteTo(IBufferWriter<byte> output, string requestId)
    {
        foreach (var error in result.Errors ?? [])
            error.Data[NetErrorInfo.RequestId] = requestId;
        writer.Write(output, result);
    }
}
