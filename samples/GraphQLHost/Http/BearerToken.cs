namespace GraphQLHost.Http;

internal static class BearerToken
{
    // Ours have 43 characters; what is far longer is not looked up.
    private const int MaxLength = 512;
    private const string Scheme = "Bearer ";

    /// <summary>The token of an <c>Authorization: Bearer</c> header; null for none, for another scheme, and for several headers.</summary>
    public static string? Of(HttpRequest http)
    {
        if (http.Headers.Authorization is not [{ } header] || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var token = header[Scheme.Length..].Trim();
        return token.Length is > 0 and <= MaxLength ? token : null;
    }
}
