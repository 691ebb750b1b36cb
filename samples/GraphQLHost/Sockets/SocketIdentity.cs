using System.Text.Json;

namespace GraphQLHost.Sockets;

/// <summary>Browsers send no headers of a page's own with a WebSocket, so its first message says who has it.</summary>
internal static class SocketIdentity
{
    private const int LongestHeader = 8 * 1024;

    private static readonly string[] Names = ["Authorization", "authorization"];

    /// <summary>Takes <c>Authorization</c> of the payload for the header of the same name, which it goes before. Whether it is good each operation asks anew.</summary>
    /// <exception cref="SocketFailure">The payload is no object.</exception>
    public static void Take(HttpRequest request, JsonElement payload)
    {
        if (payload.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return;
        if (payload.ValueKind != JsonValueKind.Object)
            throw SocketFailure.Invalid("The payload of connection_init is an object.");
        foreach (var name in Names)
        {
            if (!payload.TryGetProperty(name, out var value))
                continue;
            if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: <= LongestHeader } header)
                throw SocketFailure.Invalid("Authorization is a text, such as Bearer and a token.");
            request.Headers.Authorization = header;
        }
    }
}
