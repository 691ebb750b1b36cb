using GraphQLHost.Engines;

namespace GraphQLHost.Http;

/// <summary>An HTTP request that never becomes a GraphQL one.</summary>
internal sealed class HttpFailure(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public GraphQLError Error { get; } = new(code, message);

    /// <summary>For 405: the methods that do work.</summary>
    public string? Allow { get; init; }

    public static HttpFailure BadRequest(string message) => new(StatusCodes.Status400BadRequest, HostErrorCodes.BadRequest, message);
}
